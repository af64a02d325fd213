using NodaTime;
using Thorbis.Ledger.Domain.Billing;

namespace Thorbis.Ledger.Domain.Customers;

/// <summary>Something said now that holds from a day on.</summary>
/// <param name="From">First day, inclusive; may lie in the past.</param>
/// <param name="Zone">Whose day it is.</param>
/// <param name="By">The user or key that says so.</param>
public sealed record Said(LocalDate From, DateTimeZone Zone, string By, string? Reason, Instant Now);

public static class CustomerDecider
{
    public const int IdLengthMax = 64;
    public const int NameLengthMax = 200;

    /// <summary>Parties that one customer ever had: all of them are shown at once.</summary>
    public const int PartiesMax = 1_000;

    private const int ReasonLengthMax = 500;

    /// <summary>An id that a company may choose: ASCII letters and digits, and <c>. _ -</c> after the first.</summary>
    public static bool IsId(string? text) =>
        text is [var first, ..] && char.IsAsciiLetterOrDigit(first) && text.Length <= IdLengthMax
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Names a customer, new or known; the same name again records nothing.</summary>
    /// <param name="known">Its name by now; null where there is no such customer.</param>
    public static Decision<CustomerFact> Name(
        string? known, string customerId, string name, string by, string? reason, Instant now) =>
        !IsId(customerId)
            ? Refusal.Of(
                "customerId",
                $"A customer's id has 1 to {IdLengthMax} letters, digits and . _ -, and begins with one of the first.")
        : name.Length is 0 or > NameLengthMax || name.Any(char.IsControl) || name.Trim() != name
            ? Refusal.Of(
                "name", $"A name has 1 to {NameLengthMax} characters, without blanks at its ends or line breaks.")
        : reason?.Length > ReasonLengthMax ? Refusal.Of("reason", $"At most {ReasonLengthMax} characters.")
        : name == known ? new Accepted<CustomerFact>([])
        : new CustomerNamed(customerId, now, name, by, reason);

    /// <summary>Links a party to a customer from a day on, whoever's it was; is it his, nothing new.</summary>
    /// <param name="links">Everything said of the party before.</param>
    /// <param name="parties">How many parties the customer has had.</param>
    public static Decision<CustomerFact> Link(
        IReadOnlyList<PartyLink> links, int parties, string customerId, string party, Said said) =>
        Check(party, said) is { } refusal ? refusal
        : PartyLink.On(links, said.From) == customerId ? new Accepted<CustomerFact>([])
        : parties >= PartiesMax && links.All(link => link.CustomerId != customerId)
            ? new Refusal("too-many-parties", $"A customer has at most {PartiesMax} parties.")
        : new PartyLinked(customerId, said.Now, party, said.From, said.Zone.Id, said.By, said.Reason);

    /// <summary>Takes a party from a customer from a day on; is it nobody's on that day, nothing new.</summary>
    /// <inheritdoc cref="Link"/>
    public static Decision<CustomerFact> Unlink(
        IReadOnlyList<PartyLink> links, string customerId, string party, Said said)
    {
        if (Check(party, said) is { } refusal)
        {
            return refusal;
        }
        var owner = PartyLink.On(links, said.From);
        return owner.Length == 0 ? new Accepted<CustomerFact>([])
            : owner != customerId
                ? new Refusal("party-elsewhere", $"On {said.From:R}, {party} is the customer {owner}'s.")
            : new PartyUnlinked(customerId, said.Now, party, said.From, said.Zone.Id, said.By, said.Reason);
    }

    /// <summary>Assigns what a customer causes to a cost centre from a day on; said again, nothing new.</summary>
    /// <param name="centre">Empty: to none of its own.</param>
    public static Decision<CustomerFact> Assign(Customer customer, string customerId, string centre, Said said) =>
        CostCentreDecider.Check(said, centre) is { } refusal ? refusal
        : customer.Centres.Any(c => c.From == said.From && c.CostCentre == centre) ? new Accepted<CustomerFact>([])
        : new CustomerCentreAssigned(
            customerId, said.Now, said.From, said.Zone.Id, centre, said.By, said.Reason);

    private static Refusal? Check(string party, Said said) => PhoneNumber.IsE164(party)
        ? CostCentreDecider.Check(said)
        : Refusal.Of("party", "A party is written as + and 5 to 15 digits, country code first.");
}
