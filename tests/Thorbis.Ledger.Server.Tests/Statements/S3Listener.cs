using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Thorbis.Ledger.Server.Tests.Statements;

/// <summary>
/// As much of S3 as takes an object: it works out the signature of each request by itself (Signature Version 4), and
/// keeps only what is signed with its key and arrives as signed.
/// </summary>
public sealed class S3Listener : IAsyncDisposable
{
    public const string AccessKey = "ledger-access-key";
    public const string SecretKey = "ledger-secret-key-of-the-tests";
    public const string Bucket = "ledger-books";

    private readonly WebApplication app;

    private S3Listener(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    /// <summary>By key.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    public static S3Listener Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var listener = new S3Listener(builder.Build());
        listener.app.MapPut("/{bucket}/{**key}", listener.PutAsync);
        listener.app.Start();
        return listener;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> PutAsync(string bucket, string key, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.ToArray()));
        if (context.Request.Headers["x-amz-content-sha256"] != hash
            || context.Request.Headers.Authorization != Authorization(context.Request, hash))
        {
            return Refuse(403, "SignatureDoesNotMatch");
        }
        if (bucket != Bucket)
        {
            return Refuse(404, "NoSuchBucket");
        }
        Objects[key] = body.ToArray();
        return Results.Ok();
    }

    private static IResult Refuse(int status, string code) => Results.Text(
        $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>No.</Message></Error>", "application/xml",
        statusCode: status);

    /// <summary>What the header must be, over the headers that it says are signed.</summary>
    private static string Authorization(HttpRequest request, string hash)
    {
        var told = request.Headers.Authorization.ToString();
        string Part(string name) => told.Split(name + '=')[1].Split(',')[0];
        var (scope, signed) = (Part("Credential").Split('/', 2)[1], Part("SignedHeaders"));
        var headers = signed.Split(';').Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n");
        var path = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var canonical = $"{request.Method}\n{path}\n\n{string.Concat(headers)}\n{signed}\n{hash}";
        var signing = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n"
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var key = scope.Split('/').Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + SecretKey), (secret, part) => Hmac(secret, part));
        return $"AWS4-HMAC-SHA256 Credential={AccessKey}/{scope}, SignedHeaders={signed}, "
            + $"Signature={Convert.ToHexStringLower(Hmac(key, signing))}";
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
