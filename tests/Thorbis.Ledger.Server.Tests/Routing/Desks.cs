using System.Text;
using System.Text.Json.Nodes;
using Thorbis.Ledger.Domain.Companies;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Routing;

/// <summary>A company with a number, a manager and somebody to ring, and how its rule book is changed.</summary>
/// <param name="Ann">Id of a member.</param>
internal sealed record Desk(string Company, Caller Manager, string Ann, string Number)
{
    public const string Book = "rulebook";

    public static async Task<Desk> NewAsync(LedgerHost ledger)
    {
        var (company, number) = await ledger.CompanyWithNumberAsync();
        var (ann, _) = await ledger.AddMemberAsync(company, Role.Member);
        return new(company, await ledger.MemberAsync(company, Role.Manager), ann, number);
    }

    /// <summary>A rule that rings Ann for 20 seconds when her number is called.</summary>
    public JsonObject Rule(string name = "Sales") => JsonNode.Parse($$"""
        {
          "name": "{{name}}",
          "when": [{ "kind": "called_number", "numbers": ["{{Number}}"] }],
          "then": { "kind": "direct", "to": { "kind": "member", "member": "{{Ann}}" } },
          "ring": { "seconds": 20, "recording": "dual" },
          "fallback": { "kind": "number", "number": "+12025550177" }
        }
        """)!.AsObject();

    public JsonObject Queue() => JsonNode.Parse($$"""
        {
          "name": "Line", "members": ["{{Ann}}"], "strategy": "longestIdle", "waitSecondsMax": 120, "sizeMax": 5,
          "overflow": { "kind": "hang_up" }
        }
        """)!.AsObject();

    /// <returns>The id of the rule that was added.</returns>
    public async Task<string> AddAsync(string name = "Sales", string? fields = null) =>
        (await Manager.PostAsync($"{Book}/rules", Json(Rule(name), fields))).Is(201).Text("ruleId");

    /// <summary>A change of the version given.</summary>
    public Task<Answer> ChangeAsync(HttpMethod method, string path, int version, object? body = null) =>
        Manager.SendAsync(method, $"{Book}/{path}", body, request =>
            Assert.True(request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"")));

    public Task<Answer> PostAsync(string path, int version, object? body = null) =>
        ChangeAsync(HttpMethod.Post, path, version, body);

    /// <param name="query">Such as <c>?at=…</c>.</param>
    /// <returns>Names of the rules in their order.</returns>
    public async Task<string[]> NamesAsync(string query = "") =>
    [
        .. (await Manager.GetAsync(Book + query)).Is(200).Body.GetProperty("rules").EnumerateArray()
            .Select(rule => rule.GetProperty("name").GetString()!),
    ];

    public Task<List<string>> FactsAsync(LedgerHost ledger) => ledger.RowsAsync(
        "select type from ledger.mt_events where tenant_id = $1 and stream_id = 'rulebook' order by version", Company);

    /// <param name="fields">More of the object's fields, as JSON.</param>
    public static StringContent Json(JsonObject body, string? fields = null)
    {
        foreach (var (name, value) in fields is null ? [] : JsonNode.Parse(fields)!.AsObject().ToArray())
        {
            body[name] = value?.DeepClone();
        }
        return new(body.ToJsonString(), Encoding.UTF8, "application/json");
    }
}
