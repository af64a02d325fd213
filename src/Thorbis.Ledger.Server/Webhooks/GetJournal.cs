using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>Which webhooks a list is asked for.</summary>
public sealed record JournalFilter
{
    [Description("Telnyx's event type, such as call.hangup.")]
    public string? Type { get; init; }

    [Description("First receipt, inclusive: a time with offset, or a date (UTC).")]
    public string? From { get; init; }

    [Description("First receipt that is out: a time with offset, or a date (UTC).")]
    public string? To { get; init; }

    [Description("interpreted, kept, pending, waiting, quarantined, failed or unintelligible.")]
    public string? State { get; init; }

    public void Apply(Selection selection)
    {
        selection.Between("e.received_at", From, To).WhereWord(JournalRow.StateSql, "state", State, JournalRow.States);
        if (!string.IsNullOrEmpty(Type))
        {
            selection.Where("c.event_type = ?", Type);
        }
        // Ids grow with the time of receipt, which spares reading the entries outside the range.
        Narrow(selection, From, "c.journal_id >= ?", -JournalIds.Slack);
        Narrow(selection, To, "c.journal_id < ?", JournalIds.Slack);
    }

    private static void Narrow(Selection selection, string? bound, string condition, Duration slack)
    {
        if (bound is { Length: > 0 } && AskedTime.Parse(bound, DateTimeZone.Utc) is { } at)
        {
            selection.Where(condition, JournalIds.FirstAt(at + slack));
        }
    }
}

public static class GetJournal
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/journal", Get)
        .Allow(Permissions.ReadEvidence)
        .WithName("GetJournal")
        .WithSummary("Lists the webhooks behind the company's facts, newest first.")
        .WithTags("Evidence")
        .Produces<Page<JournalRow>>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Get(
        [AsParameters] JournalFilter filter, [AsParameters] PageAsk page, ClaimsPrincipal user,
        LedgerDatabase database, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var selection = new Selection(company, "c.tenant_id");
        filter.Apply(selection);
        page.After(selection, "c.journal_id");
        var sql = $"""
            select {JournalRow.Columns}
            from intake.journal_company c
            join intake.entry e on e.journal_id = c.journal_id
            left join intake.backlog b on b.journal_id = c.journal_id
            where {selection.Sql} order by c.journal_id desc
            """;
        return selection.Problem ?? Results.Ok(await database.ReadAsync(company, connection => page.ReadAsync(
            connection, selection, sql, JournalRow.Read, row => [row.JournalId.ToString()], stop), stop));
    }
}
