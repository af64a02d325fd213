using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Tests.Mailboxes;

namespace Thorbis.Ledger.Server.Tests.Menus;

/// <summary>Menus to test with, and how they are defined and changed.</summary>
internal static class MenuPlans
{
    private static readonly MenuNode Top = new(
        "top", Say("Press 1 for sales."),
        [new("1", new OpenSubmenu("sales")), new("#", new HangUpCall(Say("Bye.")))], 5, 1, Say("No such key."),
        new LeaveMessage("box"));

    private static readonly MenuNode Sales = new(
        "sales", new AudioFile("tune"), [new("2", new Transfer(new ToNumber("+4930999")))], 5, 0, null,
        new OpenSubmenu("top"));

    /// <summary>Key 1 to sales, # ends; in sales, 2 to a number outside. Who presses nothing comes to a box.</summary>
    public static readonly Menu Main = new("main", "Main", "top", [Top, Sales]);

    public static readonly Menu Renamed = Main with { Name = "Spring" };

    public static Announcement Say(string text) => new SpokenText(text, "en-US", "anna");

    /// <summary>A company with a manager, and with the voicemail box that <see cref="Main"/> names.</summary>
    public static async Task<(string Company, Caller Manager)> MenuCompanyAsync(this LedgerHost ledger)
    {
        var company = await ledger.CompanyAsync();
        var manager = await ledger.MemberAsync(company, Role.Manager);
        (await manager.PostAsync("mailboxes?mailboxId=box", MailboxPlans.Body("box"))).Is(201);
        return (company, manager);
    }

    /// <summary>A company whose manager has defined <see cref="Main"/>.</summary>
    public static async Task<(string Company, Caller Manager)> WithMenuAsync(this LedgerHost ledger)
    {
        var (company, manager) = await ledger.MenuCompanyAsync();
        (await manager.PostAsync("menus", Body(Main))).Is(201);
        return (company, manager);
    }

    /// <param name="extra">More members, as pairs of name and value.</param>
    public static JsonObject Body(Menu menu, params ReadOnlySpan<(string Name, JsonNode? Value)> extra)
    {
        var body = JsonSerializer.SerializeToNode(menu, LedgerJson.Options)!.AsObject();
        foreach (var (name, value) in extra)
        {
            body[name] = value;
        }
        return body;
    }

    public static Task<Answer> ReviseAsync(this Caller caller, int version, JsonObject body) =>
        caller.SendAsync(HttpMethod.Put, "menus/main", body, Seen(version));

    public static Task<Answer> RetireAsync(this Caller caller, int version, string query = "") =>
        caller.SendAsync(HttpMethod.Delete, "menus/main" + query, null, Seen(version));

    public static Task<Answer> RestoreAsync(this Caller caller, int version, object body) =>
        caller.SendAsync(HttpMethod.Post, "menus/main/restore", body, Seen(version));

    /// <summary>Stored names of what was recorded of the menu, in order.</summary>
    public static Task<List<string>> MenuFactsAsync(this LedgerHost ledger, string company) => ledger.RowsAsync(
        "select type from ledger.mt_events where tenant_id = $1 and stream_id = 'menu/main' order by version", company);

    /// <summary>Records a fact as a command does, at a time of its own.</summary>
    public static async Task RecordAsync(
        this LedgerHost ledger, string company, string stream, ConfigurationFact fact, Instant at)
    {
        await using var transaction = await ledger.Transactions.BeginAsync(CancellationToken.None);
        await transaction.LockCompanyAsync(company, CancellationToken.None);
        await transaction.AppendAsync(
            company, stream, [fact with { OccurredAt = at, EffectiveAt = at, By = "user:test" }],
            CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static Action<HttpRequestMessage> Seen(int version) =>
        request => request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
}
