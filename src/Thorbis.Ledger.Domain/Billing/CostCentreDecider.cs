using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Numbers;

namespace Thorbis.Ledger.Domain.Billing;

public static class CostCentreDecider
{
    public const int CentreLengthMax = 60;
    private const int ReasonLengthMax = 500;

    /// <summary>Assigns a number's costs from a day on; said again, nothing new.</summary>
    /// <param name="account">What the number was assigned before; null for nothing.</param>
    /// <param name="centre">Empty: to none.</param>
    public static Decision<NumberFact> Assign(NumberAccount? account, string number, string centre, Said said) =>
        Check(said, centre) is { } refusal ? refusal
        : account is not null && account.Centres.Any(c => c.From == said.From && c.CostCentre == centre)
            ? new Accepted<NumberFact>([])
        : new CostCentreAssigned(number, said.Now, said.From, said.Zone.Id, centre, said.By, said.Reason);

    /// <summary>Assigns what goes over a member's phones from a day on; said again, nothing new.</summary>
    /// <param name="told">All that was assigned to the member before, in the ledger's order.</param>
    /// <param name="centre">Empty: to none of his own.</param>
    public static Decision<MemberCentreAssigned> Assign(
        IEnumerable<MemberCentreAssigned> told, string member, string centre, Said said) =>
        Check(said, centre) is { } refusal ? refusal
        : told.LastOrDefault(one => one.From == said.From)?.CostCentre == centre
            ? new Accepted<MemberCentreAssigned>([])
        : new MemberCentreAssigned(member, said.Now, said.From, said.Zone.Id, centre, said.By, said.Reason);

    /// <summary>Null where it can be said.</summary>
    /// <param name="centre">A cost centre, of whatever; empty for none.</param>
    internal static Refusal? Check(Said said, string centre = "")
    {
        var today = said.Now.InZone(said.Zone).Date;
        return said.From < NumberDecider.Earliest.InUtc().Date
                || said.From > today.PlusDays((int)NumberDecider.Ahead.TotalDays)
            ? Refusal.Of("from", "It begins in 2009 or later, and within ten years from now.")
            : centre.Length > CentreLengthMax || centre.Any(char.IsControl) || centre.Trim() != centre
            ? Refusal.Of(
                "costCentre", $"A cost centre has at most {CentreLengthMax} characters, without blanks at its ends.")
            : said.Reason?.Length > ReasonLengthMax
            ? Refusal.Of("reason", $"A reason has at most {ReasonLengthMax} characters.")
            : null;
    }
}
