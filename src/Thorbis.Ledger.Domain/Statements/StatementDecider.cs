using NodaTime;
using NodaTime.Text;

namespace Thorbis.Ledger.Domain.Statements;

/// <summary>What decides whether a month can be closed.</summary>
/// <param name="FirstBilled">First day of the earliest month that has cost lines; null for none.</param>
/// <param name="LastClosed">First day of the last month closed; null before the first.</param>
/// <param name="ProposedBy">Who wants this month closed; null for nobody yet.</param>
public sealed record StatementBook(
    LocalDate? FirstBilled, LocalDate? LastClosed, string? ProposedBy, bool SecondPerson, int? CloseAfterDays)
{
    /// <summary>The month that is closed next; null while nothing was billed.</summary>
    public LocalDate? Next => LastClosed?.PlusMonths(1) ?? FirstBilled;
}

/// <summary>What is to be done with a month.</summary>
public abstract record Closing
{
    /// <summary>It can be closed now.</summary>
    public sealed record Ready : Closing;

    /// <summary>It was closed before: nothing is done.</summary>
    public sealed record Done : Closing;

    public sealed record Proposed(StatementProposed Fact) : Closing;

    public sealed record Refused(Refusal Why) : Closing;
}

public static class StatementDecider
{
    /// <summary>The clock, as the one who closes.</summary>
    public const string Clock = "clock";

    public const int CloseAfterDaysMax = 90;
    private const int ReasonLengthMax = 500;
    private static readonly LocalDatePattern Pattern = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM");

    /// <summary>The first day of a month written <c>2026-10</c>; null for anything else.</summary>
    public static LocalDate? ParseMonth(string text) =>
        Pattern.Parse(text) is { Success: true } month ? month.Value : null;

    public static string MonthName(LocalDate month) => Pattern.Format(month);

    /// <param name="month">Its first day.</param>
    /// <param name="zone">The company's, whose months are closed.</param>
    public static Closing Close(
        StatementBook book, LocalDate month, DateTimeZone zone, string by, string? reason, Instant now)
    {
        if (month <= book.LastClosed)
        {
            return new Closing.Done();
        }
        if (reason?.Length > ReasonLengthMax)
        {
            return Refuse("reason", $"A reason has at most {ReasonLengthMax} characters.");
        }
        if (book.Next is not { } next)
        {
            return Refuse("month", "Nothing was billed yet.");
        }
        if (month != next)
        {
            return Refuse("month", $"Months close in order: {MonthName(next)} is next.");
        }
        if (now < zone.AtStartOfDay(month.PlusMonths(1)).ToInstant())
        {
            return Refuse("month", $"{MonthName(month)} has not ended in {zone.Id}.");
        }
        return !book.SecondPerson ? new Closing.Ready()
            : book.ProposedBy is null
                ? new Closing.Proposed(new(month, now, by, reason))
            : book.ProposedBy == by ? Refuse("by", "You proposed it: another person has to close it.")
            : new Closing.Ready();
    }

    /// <summary>True when the clock is to close the next month by itself.</summary>
    public static bool IsDue(StatementBook book, DateTimeZone zone, Instant now) =>
        book is { CloseAfterDays: { } days, SecondPerson: false, Next: { } next }
            && now >= zone.AtStartOfDay(next.PlusMonths(1).PlusDays(days)).ToInstant();

    /// <param name="present">Null before any were set.</param>
    /// <param name="offer">Where the operator lets statements go.</param>
    public static Decision<StatementFact> SetRules(
        StatementRulesSet? present, StatementRulesSet wanted, DestinationOffer offer) =>
        wanted.CloseAfterDays is < 0 or > CloseAfterDaysMax
            ? Refusal.Of("closeAfterDays", $"A month is closed 0 to {CloseAfterDaysMax} days after its end.")
        : wanted.SecondPerson && wanted.CloseAfterDays is not null
            ? Refusal.Of("closeAfterDays", "The clock cannot close what wants a second person.")
        : wanted.Reason?.Length > ReasonLengthMax
            ? Refusal.Of("reason", $"A reason has at most {ReasonLengthMax} characters.")
        : DestinationRules.Refuse(wanted.Destinations ?? [], offer) is { } refusal
            ? refusal
        : present?.SameAs(wanted) == true
            ? new Accepted<StatementFact>([])
        : wanted;

    /// <summary>To the currency's smallest unit, half to even.</summary>
    public static decimal Round(decimal exact, string currency) =>
        decimal.Round(exact, Decimals(currency), MidpointRounding.ToEven);

    /// <remarks>Source: ISO 4217, list one.</remarks>
    private static int Decimals(string currency) => currency switch
    {
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND"
            or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        _ => 2,
    };

    private static Closing.Refused Refuse(string field, string why) => new(Refusal.Of(field, why));
}
