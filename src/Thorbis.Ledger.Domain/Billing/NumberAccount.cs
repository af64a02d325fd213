using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>What decides the monthly fees of one number.</summary>
/// <param name="Months">Days held, by their first.</param>
/// <param name="Centres">Cost centres, by the day they begin on.</param>
public sealed record NumberAccount(
    IReadOnlyList<HeldMonth> Months, IReadOnlyList<CentreFrom> Centres, IReadOnlyList<BillingFact> Facts)
    : CostAccount(Facts)
{
    /// <summary>The account with one more fact. Total: takes every fact, in every state.</summary>
    /// <param name="id">Of the fact.</param>
    /// <param name="sequence">Of the fact: a month is priced by what was known when it was first told.</param>
    public static NumberAccount Evolve(NumberAccount? account, NumberFact fact, Guid id, long sequence)
    {
        account ??= new([], [], []);
        return fact switch
        {
            NumberMonthStarted month => account with
            {
                Months = Registers.With(account.Months, HeldMonth.Of(month, sequence)),
                Facts = [.. account.Facts, new(HeldMonth.Of(month, sequence).Item, id)],
            },
            CostCentreAssigned assigned => account with
            {
                Centres = Registers.With(
                    account.Centres, new CentreFrom(assigned.From, assigned.CostCentre, assigned.OccurredAt)),
                Facts = [.. account.Facts, new("", id)],
            },
            _ => account,
        };
    }

    /// <summary>The cost centre of a day; empty for none.</summary>
    public string CentreOn(LocalDate day)
    {
        var found = "";
        for (var i = 0; i < Centres.Count && Centres[i].From <= day; i++)
        {
            found = Centres[i].CostCentre;
        }
        return found;
    }

    public override Instant? UsedAt => null;

    protected override void Price(List<Charge> charges, Tariff tariff, long known)
    {
        foreach (var month in Months)
        {
            for (var from = month.From; from < month.Until;)
            {
                var until = Centres.Select(c => c.From).Append(month.Until).First(d => d > from || d == month.Until);
                until = LocalDate.Min(until, month.Until);
                Add(charges, month, from, until, tariff);
                from = until;
            }
        }
    }

    /// <summary>A fee is of days: a whole month's price times days held over days of the month.</summary>
    private void Add(
        List<Charge> charges, HeldMonth month, LocalDate from, LocalDate until, Tariff tariff)
    {
        var at = DateTimeZoneProviders.Tzdb[month.Zone].AtStartOfDay(from).ToInstant();
        var days = Period.DaysBetween(from, until);
        var daysInMonth = CalendarSystem.Iso.GetDaysInMonth(month.From.Year, month.From.Month);
        if (Month(tariff.Of(at, month.KnownAt), at, days, daysInMonth, month.Number) is { } price)
        {
            charges.Add(new(
                $"{month.Item}/{LocalDatePattern.Iso.Format(from)}", month.Item, CostSource.Deck,
                ServiceWords.Of(Service.NumberMonth), month.Number, null, null, at, price)
            {
                CostCentre = CentreOn(from),
            });
        }
    }
}

/// <summary>Days of a month on which a number is held.</summary>
/// <param name="Revision">The highest told stands.</param>
/// <param name="KnownAt">Ledger sequence at which the month was first told.</param>
public sealed record HeldMonth(
    string Number, LocalDate From, LocalDate Until, string Zone, int Revision, long KnownAt) : IKeyed<HeldMonth>
{
    [JsonIgnore]
    public string Item => LocalDatePattern.Iso.Format(From);

    string IKeyed<HeldMonth>.Key => Item;

    internal static HeldMonth Of(NumberMonthStarted fact, long sequence) =>
        new(fact.Number, fact.From, fact.Until, fact.Zone, fact.Revision, sequence);

    HeldMonth IKeyed<HeldMonth>.Merge(HeldMonth other) =>
        (other.Revision > Revision ? other : this) with { KnownAt = Math.Min(KnownAt, other.KnownAt) };
}

/// <summary>A cost centre from a day on.</summary>
/// <param name="At">When it was said: the last word on a day stands.</param>
public sealed record CentreFrom(LocalDate From, string CostCentre, Instant At) : IKeyed<CentreFrom>
{
    string IKeyed<CentreFrom>.Key => LocalDatePattern.Iso.Format(From);

    CentreFrom IKeyed<CentreFrom>.Merge(CentreFrom other) => other.At >= At ? other : this;
}
