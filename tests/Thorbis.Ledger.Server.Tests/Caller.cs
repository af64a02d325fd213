using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;
using Xunit;

namespace Thorbis.Ledger.Server.Tests;

/// <summary>What the ledger answered.</summary>
/// <param name="Body">An undefined element when it was empty or no JSON.</param>
public sealed record Answer(int Status, string? ContentType, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? Problem => ContentType == "application/problem+json"
        ? Body.GetProperty("type").GetString()?[Problems.TypePrefix.Length..]
        : null;

    public Answer Is(int status)
    {
        Assert.True(status == Status, $"Expected {status}, got {Status}: {Body}");
        return this;
    }

    /// <summary>A failure is always a problem with a stable type.</summary>
    public Answer IsProblem(int status, string type)
    {
        Is(status);
        Assert.Equal((type, "application/problem+json"), (Problem, ContentType));
        return this;
    }

    /// <summary>The answer's body as it came.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>The same as text.</summary>
    public string Content => Encoding.UTF8.GetString(Bytes);

    /// <summary>The name under which a browser saves it.</summary>
    public string? FileName { get; init; }

    public string Text(string property) => Body.GetProperty(property).GetString()!;

    public JsonElement[] Items => [.. Body.GetProperty("items").EnumerateArray()];
}

/// <summary>A browser with its cookies and antiforgery token, or a program with its key.</summary>
public sealed class Caller(HttpClient client)
{
    private static readonly Uri Api = new("http://localhost/api/v1/");

    private readonly CookieContainer cookies = new();
    private string? key;

    /// <summary>Sent with every request; null sends none.</summary>
    public string? AntiforgeryToken { get; set; }

    public Caller WithKey(string secret)
    {
        key = secret;
        return this;
    }

    public async Task<Answer> SignInAsync(string email, string password, string? company = null)
    {
        var answer = await PostAsync("sign-in", new { email, password, company });
        AntiforgeryToken = answer.Status == 200 ? answer.Text("antiforgeryToken") : null;
        return answer;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, object? body = null) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <param name="headers">What else the request has.</param>
    public async Task<Answer> SendAsync(
        HttpMethod method, string path, object? body = null, Action<HttpRequestMessage>? headers = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Api, path))
        {
            Content = body as HttpContent
                ?? (body is null ? null : JsonContent.Create(body, options: LedgerJson.Options)),
        };
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }
        if (AntiforgeryToken is not null)
        {
            request.Headers.Add(AntiforgeryGuard.Header, AntiforgeryToken);
        }
        request.Headers.TryAddWithoutValidation("Cookie", cookies.GetCookieHeader(Api));
        headers?.Invoke(request);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            cookies.SetCookies(Api, cookie);
        }
        return await ReadAsync(response);
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType;
        // Lines of JSON are not one value.
        var body = type?.EndsWith("json", StringComparison.Ordinal) == true && type != "application/x-ndjson"
            ? JsonDocument.Parse(bytes).RootElement
            : default;
        return new((int)response.StatusCode, type, body, response.Headers)
        {
            Bytes = bytes,
            FileName = response.Content.Headers.ContentDisposition?.FileName,
        };
    }
}
