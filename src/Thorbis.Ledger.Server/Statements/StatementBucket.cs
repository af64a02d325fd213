using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Notifications;

namespace Thorbis.Ledger.Server.Statements;

/// <summary>Puts statements into S3, or a storage that speaks it, each in one signed request.</summary>
internal sealed class StatementBucket(IOptions<StatementOptions> options, ILogger<StatementBucket> log) : IDisposable
{
    // Not as what they are: naming the type here loads the SDK into every node, also where nothing goes to S3.
    private readonly ConcurrentDictionary<string, IDisposable> _clients = new();

    /// <param name="key">As <see cref="DestinationRules.KeyOf"/> makes it.</param>
    public async Task<Outcome> PutAsync(
        StatementContent content, S3Destination destination, string key, CancellationToken stop)
    {
        if (!options.Value.Offer.Buckets.Contains(destination.Bucket))
        {
            return new(null, "The ledger may no longer write to this bucket.");
        }
        // On the disk first: the request signs the hash of its body, so that is read twice.
        await using var file = TemporaryFile();
        await content.CopyToAsync(file, stop);
        file.Position = 0;
        try
        {
            var client = (AmazonS3Client)_clients.GetOrAdd(destination.Region, Open);
            var answer = await client.PutObjectAsync(RequestOf(file, destination.Bucket, key), stop);
            return new((int)answer.HttpStatusCode, null);
        }
        catch (AmazonS3Exception refused)
        {
            log.LogWarning(refused, "{Key} was not taken by bucket {Bucket}.", key, destination.Bucket);
            return new((int)refused.StatusCode, $"The storage answered {(int)refused.StatusCode}.");
        }
        catch (Exception failed) when (failed is AmazonClientException or HttpRequestException)
        {
            log.LogWarning(failed, "{Key} could not be handed to bucket {Bucket}.", key, destination.Bucket);
            return new(null, "The storage could not be reached, or there are no credentials for it.");
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private static PutObjectRequest RequestOf(Stream body, string bucket, string key) => new()
    {
        BucketName = bucket,
        Key = key,
        InputStream = body,
        AutoCloseStream = false,
        ContentType = "text/csv; charset=utf-8",
        // A body in signed chunks is not understood by every storage that speaks S3.
        UseChunkEncoding = false,
    };

    private AmazonS3Client Open(string region)
    {
        var config = new AmazonS3Config
        {
            // The delivery's own attempts are in its log; the SDK's would not be.
            MaxErrorRetry = 0,
            Timeout = options.Value.Timeout,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Value.S3Endpoint is { } endpoint)
        {
            (config.ServiceURL, config.AuthenticationRegion, config.ForcePathStyle) = (endpoint, region, true);
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        return options.Value is { S3AccessKey: { } access, S3SecretKey: { } secret }
            ? new(new BasicAWSCredentials(access, secret), config)
            : new(config);
    }

    /// <summary>Without a name: gone with its handle, also when the process dies.</summary>
    private static FileStream TemporaryFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.statement");
        var settings = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
        };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var file = new FileStream(path, settings);
        File.Delete(path);
        return file;
    }
}
