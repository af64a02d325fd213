using NodaTime;
using Thorbis.Ledger.Domain.Numbers;

namespace Thorbis.Ledger.Domain.Billing;

public static class CostCentreDecider
{
    public const int CentreLengthMax = 60;
    private const int ReasonLengthMax = 500;

    /// <summary>Assigns a number's costs from a day on; said again, nothing new.</summary>
    /// <param name="account">What the number was assigned before; null for nothing.</param>
    /// <param name="centre">Empty: to none.</param>
    public static Decision<NumberFact> Assign(
        NumberAccount? account, string number, LocalDate from, DateTimeZone zone, string centre, string by,
        string? reason, Instant now)
    {
        var today = now.InZone(zone).Date;
        if (from < NumberDecider.Earliest.InUtc().Date || from > today.PlusDays((int)NumberDecider.Ahead.TotalDays))
        {
            return Refusal.Of("from", "A cost centre begins in 2009 or later, and within ten years from now.");
        }
        if (centre.Length > CentreLengthMax || centre.Any(char.IsControl) || centre.Trim() != centre)
        {
            return Refusal.Of(
                "costCentre", $"A cost centre has at most {CentreLengthMax} characters, without blanks at its ends.");
        }
        if (reason?.Length > ReasonLengthMax)
        {
            return Refusal.Of("reason", $"A reason has at most {ReasonLengthMax} characters.");
        }
        return account is not null && account.Centres.Any(c => c.From == from && c.CostCentre == centre)
            ? new Accepted<NumberFact>([])
            : new CostCentreAssigned(number, now, from, zone.Id, centre, by, reason);
    }
}
