using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Access;

/// <summary>Who looked at what, who took what, who came in.</summary>
public static class GetAccessLog
{
    private const string Columns = "access_id, at, actor, action, subject, address, status, rows, sha256";

    /// <param name="By">Who; left out where nobody could be told.</param>
    /// <param name="Action">Subject and past participle, dotted, such as <c>trail.read</c>.</param>
    /// <param name="Subject">What it was done to: path and query, file, journal id. Of sign-ins and uses of keys the IP
    /// address.</param>
    /// <param name="Status">Of the answer; left out where that is not told, as are the next two.</param>
    /// <param name="Rows">That were read or taken.</param>
    /// <param name="Sha256">Of the file that was taken, in lower case hexadecimal.</param>
    public sealed record AccessView(
        Guid AccessId, Instant At, ActorView By, string Action, string? Subject, string? Address, int? Status,
        long? Rows, string? Sha256);

    public sealed record AccessFilter
    {
        [Description("Who: user:{id} or key:{id} as entries have it.")]
        public string? By { get; init; }

        [Description("What was done, such as trail.read; or the part before its dot, such as export.")]
        public string? Action { get; init; }

        [Description("At or after this instant, with its offset.")]
        public string? From { get; init; }

        [Description("Before this instant, with its offset.")]
        public string? To { get; init; }

        internal Selection Apply(Selection selection)
        {
            if (!string.IsNullOrEmpty(By))
            {
                selection.Where("actor = ?", By);
            }
            if (!string.IsNullOrEmpty(Action))
            {
                selection.Where("(action = ? or starts_with(action, ?))", Action, $"{Action}.");
            }
            return selection.Within("at", From, To);
        }
    }

    public static void Map(RouteGroupBuilder api) => api.MapGet("/access-log", GetAsync)
        .Allow(Permissions.ReadAccessLog)
        .Recorded("access-log.read", (Page<AccessView> page) => page.Items.Count)
        .WithTags("Audit").WithName("GetAccessLog")
        .WithSummary("Who looked at what, who took what, who came in; the latest first.")
        .WithDescription("Reading it is recorded in it.")
        .Produces<Page<AccessView>>().ProducesProblem(422);

    private static async Task<IResult> GetAsync(
        [AsParameters] AccessFilter filter, [AsParameters] PageAsk ask, ClaimsPrincipal user, LedgerDatabase database,
        ActorNames actors, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        var selection = filter.Apply(new(company));
        ask.After(selection, "access_id");
        if (selection.Problem is { } problem)
        {
            return problem;
        }
        var page = await database.ReadAsync(
            company,
            connection => ask.ReadAsync(
                connection, selection,
                $"select {Columns} from platform.access_log where {selection.Sql} order by access_id desc", Read,
                entry => [entry.AccessId.ToString()], stop),
            stop);
        var names = await actors.FindAsync(company, page.Items.Select(entry => entry.By.Id), stop);
        return Results.Ok(page with
        {
            Items = [.. page.Items.Select(entry => entry with
            {
                By = entry.By with { Name = names.GetValueOrDefault(entry.By.Id) },
            })],
        });
    }

    private static AccessView Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetFieldValue<Instant>(1), new(row.GetString(2), null), row.GetString(3), row.Text(4),
        row.Text(5), row.Value<int>(6), row.Value<long>(7), row.Text(8));
}
