using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Notifications;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Hands a statement's file over to a folder or a bucket.</summary>
internal sealed class StatementSender(
    LedgerDatabase database, StatementFolder folder, StatementBucket bucket, IOptions<StatementOptions> options,
    ILogger<StatementSender> log)
{
    /// <param name="delivery">One that has a destination; its body is the file's name there.</param>
    public async Task<Outcome> SendAsync(Delivery delivery)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout);
        try
        {
            var content = await StatementContent.FindAsync(
                database, delivery.Company, delivery.Month!.Value, limit.Token);
            return await (Read(delivery.Destination!) switch
            {
                S3Destination s3 => bucket.PutAsync(content, s3, delivery.Body, limit.Token),
                _ => folder.WriteAsync(content, delivery.Body, limit.Token),
            });
        }
        catch (SpoiledStatementException spoiled)
        {
            log.LogError(spoiled, "The statement of delivery {Delivery} is spoiled.", delivery.DeliveryId);
            return new(null, spoiled.Message);
        }
        catch (OperationCanceledException)
        {
            return new(null, $"Not within {options.Value.Timeout}.");
        }
        catch (Exception failed) when (failed is IOException or NpgsqlException)
        {
            log.LogWarning(failed, "The statement of delivery {Delivery} could not be read.", delivery.DeliveryId);
            return new(null, "The file could not be read from the ledger.");
        }
    }

    /// <summary>A folder or bucket, as the row of a delivery keeps it.</summary>
    public static StatementDestination Read(string destination) =>
        JsonSerializer.Deserialize<StatementDestination>(destination, LedgerJson.Options)!;

    /// <inheritdoc cref="Read"/>
    public static string Write(StatementDestination destination) =>
        JsonSerializer.Serialize(destination, LedgerJson.Options);
}
