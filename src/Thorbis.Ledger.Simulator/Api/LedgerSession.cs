using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Thorbis.Ledger.Simulator.Api;

/// <summary>A browser-like session on the ledger's API: a cookie, and the antiforgery header on every change.</summary>
public sealed class LedgerSession : IDisposable
{
    private const string AntiforgeryHeader = "x-antiforgery";
    private readonly HttpClient http;

    /// <param name="url">The ledger's root, such as <c>http://127.0.0.1:5080</c>.</param>
    public LedgerSession(Uri url) => http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>A signed-in session.</summary>
    /// <param name="company">The company to act for; null for the only one, or none.</param>
    public static async Task<LedgerSession> SignInAsync(
        Uri url, string email, string password, string? company, CancellationToken stop)
    {
        var session = new LedgerSession(url);
        try
        {
            var reply = await session.PostAsync("/api/v1/sign-in", new { email, password, company }, stop);
            session.http.DefaultRequestHeaders.Add(AntiforgeryHeader, reply.OrThrow().Text("antiforgeryToken"));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public Task<LedgerReply> GetAsync(string path, CancellationToken stop) =>
        SendAsync(HttpMethod.Get, path, null, null, stop);

    public Task<LedgerReply> PostAsync(string path, object? body, CancellationToken stop) =>
        SendAsync(HttpMethod.Post, path, body, null, stop);

    public Task<LedgerReply> PutAsync(string path, object? body, CancellationToken stop) =>
        SendAsync(HttpMethod.Put, path, body, null, stop);

    /// <param name="headers">What else the request has.</param>
    public async Task<LedgerReply> SendAsync(
        HttpMethod method, string path, object? body, Action<HttpRequestHeaders>? headers, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        headers?.Invoke(request.Headers);
        var asked = $"{method} {path}";
        try
        {
            using var response = await http.SendAsync(request, stop);
            return new(asked, (int)response.StatusCode, await JsonAsync(response, stop))
            {
                Headers = response.Headers,
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new LedgerRefusedException($"{asked} had no answer from {http.BaseAddress}: {failure.Message}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new LedgerRefusedException($"{asked} had no answer within {http.Timeout.TotalSeconds} s.");
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<JsonElement?> JsonAsync(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true)
        {
            return null;
        }
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: stop);
        return document.RootElement.Clone();
    }
}
