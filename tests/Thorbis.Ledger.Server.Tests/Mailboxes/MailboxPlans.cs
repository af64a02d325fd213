using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Tests.Schedules;

namespace Thorbis.Ledger.Server.Tests.Mailboxes;

/// <summary>Voicemail boxes to test with, and how they are defined and changed.</summary>
internal static class MailboxPlans
{
    public const string Front = "mailboxes/front";

    /// <param name="extra">More members, as pairs of name and value.</param>
    public static Dictionary<string, object?> Body(string name, params ReadOnlySpan<(string, object?)> extra)
    {
        var body = new Dictionary<string, object?>
        {
            ["name"] = name,
            ["greeting"] = new { kind = "speech", text = "Leave a message.", language = "en-US", voice = "female" },
            ["transcribe"] = true,
            ["messageSecondsMax"] = 120,
            ["messagesMax"] = 50,
            ["retentionDays"] = 90,
        };
        foreach (var (field, value) in extra)
        {
            body[field] = value;
        }
        return body;
    }

    /// <summary>A company whose manager has defined the box <c>front</c>, named Front desk.</summary>
    public static async Task<(string Company, Caller Manager)> FrontDeskAsync(this LedgerHost ledger)
    {
        var company = await ledger.CompanyAsync();
        var manager = await ledger.MemberAsync(company, Role.Manager);
        (await manager.PostAsync("mailboxes?mailboxId=front", Body("Front desk"))).Is(201);
        return (company, manager);
    }

    public static Task<Answer> ReviseBoxAsync(this Caller caller, string path, int version, object body) =>
        caller.ChangeAsync(HttpMethod.Put, path, $"\"{version}\"", body);

    public static Task<Answer> RestoreBoxAsync(this Caller caller, string path, int version, object body) =>
        caller.ChangeAsync(HttpMethod.Post, path + "/restore", $"\"{version}\"", body);

    public static Task<Answer> SetPinAsync(this Caller caller, string path, int version, object pin) =>
        caller.ChangeAsync(HttpMethod.Put, path + "/pin", $"\"{version}\"", new { pin });

    /// <summary>Of the settings in force that were read.</summary>
    public static string? BoxName(this Answer read) =>
        read.Is(200).Body.GetProperty("settings").GetProperty("name").GetString();

    /// <summary>Stored names of what was recorded of a box, in order.</summary>
    public static Task<List<string>> BoxFactsAsync(this LedgerHost ledger, string company, string mailboxId) =>
        ledger.RowsAsync(
            "select type from ledger.mt_events where tenant_id = $1 and stream_id = $2 order by version", company,
            $"mailbox/{mailboxId}");
}
