using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>Asks the ledger's API as a program does, with a key.</summary>
internal sealed class Asking : IDisposable
{
    private const string Month = "/api/v1/usage?from=2026-09-01T00:00:00-04:00&to=2026-10-01T00:00:00-04:00&by=day";
    private readonly HttpClient http;

    public Asking(Uri server, string key)
    {
        http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken stop)
    {
        await using var body = await http.GetStreamAsync(path, stop);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: stop);
        return document.RootElement.Clone();
    }

    /// <exception cref="HttpRequestException">The answer is no 2xx.</exception>
    public async Task PostAsync(string path, HttpContent body, CancellationToken stop)
    {
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body, stop);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
        }
    }

    public Task<Stream> StreamAsync(string path, CancellationToken stop) => http.GetStreamAsync(path, stop);

    /// <summary>Posts a CSV file, and reads the answer.</summary>
    /// <exception cref="InvalidOperationException">It was not taken as something new.</exception>
    public async Task<JsonElement> PostFileAsync(string path, string file, CancellationToken stop)
    {
        await using var bytes = File.OpenRead(file);
        using var body = new StreamContent(bytes);
        body.Headers.ContentType = new("text/csv");
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body, stop);
        var text = await answer.Content.ReadAsStringAsync(stop);
        return answer.StatusCode == HttpStatusCode.Created
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{path}: {answer.StatusCode} {text}");
    }

    /// <summary>Asks for the seeded month by day in the company's zone, again and again.</summary>
    /// <returns>Milliseconds of each answer, sorted, and the last answer.</returns>
    public async Task<(double[] Milliseconds, JsonElement Last)> MonthAsync(int times, CancellationToken stop)
    {
        const int warmUp = 50;
        var milliseconds = new double[times];
        var last = default(JsonElement);
        for (var i = -warmUp; i < times; i++)
        {
            var since = Stopwatch.GetTimestamp();
            last = await GetAsync(Month, stop);
            if (i >= 0)
            {
                milliseconds[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            }
        }
        return ([.. milliseconds.Order()], last);
    }

    public void Dispose() => http.Dispose();
}
