using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Analytics;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Server.Calls;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Analytics;

/// <summary>Counts the calls that reached each goal in force, in one statement.</summary>
internal static class Conversions
{
    private static readonly string Answered = Words.Of(CallOutcome.Answered);

    /// <summary>Outcomes of incoming calls that are neither short nor blocked.</summary>
    private static readonly string Eligible =
        $"{Answered},{Words.Of(CallOutcome.SelfServed)},{CallFigureSections.Missed}";

    private static readonly string IsMissed =
        $"outcome in ('{CallFigureSections.Missed.Replace(",", "', '", StringComparison.Ordinal)}')";

    /// <param name="calls">The range and the number.</param>
    public static async Task<ConversionFigure> ReadAsync(
        NpgsqlConnection connection, string company, CallFilter calls, Instant now, CancellationToken stop)
    {
        var all = await GoalView.ListAsync(connection, company, stop);
        var goals = all.FindAll(goal => goal.RetiredAt is null);
        var eligible = calls with { Direction = Words.Of(CallDirection.Incoming), Outcome = Eligible };
        var counted = await CountAsync(connection, company, eligible, goals, now, stop);
        return new(
            GetUsage.Definitions, [.. goals.Zip(counted, (goal, conversion) => FigureOf(goal, conversion, eligible))]);
    }

    private static async Task<IReadOnlyList<Conversion>> CountAsync(
        NpgsqlConnection connection, string company, CallFilter eligible, List<GoalView> goals, Instant now,
        CancellationToken stop)
    {
        if (goals.Count == 0)
        {
            return [];
        }
        var selection = new Selection(company);
        eligible.Apply(selection, now);
        var columns = goals.Select(goal => Columns(goal, selection, now)).ToList();
        await using var command = selection.Command(
            connection, $"select {string.Join(", ", columns)} from ledger.call where {selection.Sql}");
        var rows = await command.ListAsync(
            row => goals.Select((_, i) => new Conversion(
                row.GetInt64(3 * i), row.GetInt64((3 * i) + 1), row.GetInt64((3 * i) + 2))).ToList(), stop);
        return rows[0];
    }

    /// <summary>Eligible, converted, pending.</summary>
    private static string Columns(GoalView goal, Selection selection, Instant now)
    {
        if (goal is { Kind: GoalKind.CalledBack, Days: { } days })
        {
            var calledBack = selection.Condition(CallConditions.CalledBack, days);
            var open = selection.Condition("ended_at >= ?", now - (days * Duration.FromHours(24)));
            return $"{Count(IsMissed)}, {Count($"{IsMissed} and {calledBack}")}, "
                + Count($"{IsMissed} and {open} and not {calledBack}");
        }
        var reached = goal.Kind == GoalKind.PressedKey
            ? selection.Condition(CallConditions.Pressed, goal.Key!)
            : $"outcome = '{Answered}' and " + selection.Condition(CallConditions.TalkOver, goal.Seconds!);
        return $"count(*), {Count(reached)}, 0::bigint";
    }

    private static string Count(string condition) => $"count(*) filter (where {condition})";

    private static GoalFigure FigureOf(GoalView goal, Conversion counted, CallFilter eligible)
    {
        var (of, converted) = goal.Kind switch
        {
            GoalKind.CalledBack => (eligible with { Outcome = CallFigureSections.Missed },
                eligible with { Outcome = CallFigureSections.Missed, CalledBackWithin = goal.Days }),
            GoalKind.PressedKey => (eligible, eligible with { Pressed = goal.Key }),
            _ => (eligible, eligible with { Outcome = Answered, TalkOver = goal.Seconds }),
        };
        return new(
            goal, counted.Rate, counted.Eligible, counted.Converted, counted.Pending, converted.Link(), of.Link());
    }
}
