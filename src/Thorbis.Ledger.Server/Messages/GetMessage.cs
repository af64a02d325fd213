using System.ComponentModel;
using System.Security.Claims;
using Npgsql;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Audit;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Messages;

/// <summary>One message with all that is known of it.</summary>
/// <param name="Recipients">Each with its own status.</param>
/// <param name="CarrierFee">The carrier's part of the cost, where it was told.</param>
/// <param name="Timeline">Its facts by the carrier's time, each with the evidence behind it.</param>
public sealed record MessageDetails(
    MessageRow Message, IReadOnlyList<RecipientState> Recipients, MessageContent Content, Money? CarrierFee,
    IReadOnlyList<TimelineEntry> Timeline);

public static class GetMessage
{
    private const string Sql =
        $"select {MessageRow.Columns}, state::text from ledger.message where tenant_id = $1 and message_id = $2";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/messages/{id}", Get)
        .Allow(Permissions.ReadOperations)
        .WithName("GetMessage")
        .WithSummary("One message: recipients, content, cost as the carrier reported it, and its facts with evidence.")
        .WithTags("Messages")
        .Produces<MessageDetails>()
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Get(
        [Description("The message's id, as lists show it.")] string id, ClaimsPrincipal user, LedgerDatabase database,
        CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var message = await database.ReadAsync(company, connection => ReadAsync(connection, company, id, stop), stop);
        return message is null ? Problems.NotFound("message") : Results.Ok(message);
    }

    private static async Task<MessageDetails?> ReadAsync(
        NpgsqlConnection connection, string company, string id, CancellationToken stop)
    {
        if (await FindAsync(connection, company, id, stop) is not var (row, state))
        {
            return null;
        }
        var content = state.Content with
        {
            Media = [.. state.Content.Media.Select(media => media with { Url = SignedLinks.Mask(media.Url) })],
        };
        return new(
            row, state.Recipients, content, state.Cost?.CarrierFee,
            await Timeline.ReadAsync(connection, company, $"message/{id}", stop));
    }

    private static async Task<(MessageRow Row, Message State)?> FindAsync(
        NpgsqlConnection connection, string company, string id, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters = { new() { Value = company }, new() { Value = id } },
        };
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop)
            ? (MessageRow.Read(rows), rows.State<Message>(16))
            : null;
    }
}
