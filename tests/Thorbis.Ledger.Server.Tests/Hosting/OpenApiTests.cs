using System.Text.Json;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Hosting;

[Collection<LedgerTests>]
public sealed class OpenApiTests(LedgerHost ledger)
{
    [Fact]
    public async Task The_document_is_of_version_3_1_and_says_of_every_operation_what_it_does_and_who_may_call_it()
    {
        var document = await DocumentAsync();
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);

        foreach (var (name, operation) in Operations(document).Where(o => o.Name.Contains("/api/v1/")))
        {
            Assert.True(operation.TryGetProperty("summary", out _), name);
            Assert.True(operation.TryGetProperty("operationId", out _), name);
            Assert.True(operation.TryGetProperty("security", out _) || name.EndsWith("sign-in"), name);
            foreach (var parameter in Parameters(operation))
            {
                Assert.True(char.IsLower(parameter.GetProperty("name").GetString()![0]), name);
            }
        }
    }

    [Fact]
    public async Task Every_reading_parameter_is_described()
    {
        var document = await DocumentAsync();
        string[] tags = ["Calls", "Messages", "Usage", "Exports", "Live", "Evidence"];

        var undescribed = Operations(document)
            .Where(o => o.Operation.TryGetProperty("tags", out var t) && tags.Contains(t[0].GetString()))
            .SelectMany(o => Parameters(o.Operation).Where(p => !p.TryGetProperty("description", out _))
                .Select(p => $"{o.Name} {p.GetProperty("name")}"));

        Assert.Empty(undescribed);
    }

    [Fact]
    public async Task The_pages_load_nothing_from_elsewhere()
    {
        var page = await TextAsync("/docs/");

        Assert.Contains("scalar.js", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
    }

    private async Task<JsonElement> DocumentAsync() =>
        JsonDocument.Parse(await TextAsync("/openapi/v1.json")).RootElement;

    private async Task<string> TextAsync(string path)
    {
        using var client = ledger.Host.Server.CreateClient();
        return await client.GetStringAsync(new Uri("http://localhost" + path), TestContext.Current.CancellationToken);
    }

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);

    private static List<JsonElement> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters) ? [.. parameters.EnumerateArray()] : [];
}
