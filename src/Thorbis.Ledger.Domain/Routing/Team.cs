using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What a member says of himself.</summary>
public enum Availability
{
    Available,
    Busy,
    Away,
    DoNotDisturb,
    Offline,
}

/// <summary>How a member takes calls.</summary>
/// <param name="Schedule">Id of the schedule outside of which no call is given; null for none.</param>
/// <param name="CallsMax">At the same time.</param>
/// <param name="Phones">Where the member's phone rings: E.164 numbers and <c>sip:</c> addresses; null when nobody has
/// said.</param>
public sealed record TeamTerms(string? Schedule, int CallsMax, IReadOnlyList<string>? Phones = null)
{
    public const int CallsMost = 50;
    public const int PhonesMax = 10;

    /// <summary>Of who was never given any.</summary>
    public static readonly TeamTerms Default = new(null, 1);

    /// <summary>No phones are the same as none told.</summary>
    public bool Equals(TeamTerms? other) => other is not null
        && (Schedule, CallsMax) == (other.Schedule, other.CallsMax) && Lists.Same(Phones ?? [], other.Phones ?? []);

    public override int GetHashCode() => HashCode.Combine(Schedule, CallsMax, Lists.Hash(Phones));
}

/// <summary>A fact of how one member takes calls; stream <c>team/{member}</c>.</summary>
public abstract record TeamFact(string Member) : ConfigurationFact;

public sealed record AvailabilitySet(string Member, Availability Availability) : TeamFact(Member);

public sealed record TeamTermsSet(string Member, TeamTerms Terms) : TeamFact(Member);

/// <summary>One member of a team at one instant.</summary>
/// <param name="Availability">Available, where nothing else was said.</param>
/// <param name="Since">From when on without a break; null where nothing was ever said.</param>
public sealed record TeamMember(TeamTerms Terms, Availability Availability, Instant? Since = null)
{
    public static readonly TeamMember New = new(TeamTerms.Default, Availability.Available);

    public static TeamMember Evolve(TeamMember member, TeamFact fact) => fact switch
    {
        // What was planned may come true already.
        AvailabilitySet set when set.Availability == member.Availability && member.Since is not null => member,
        AvailabilitySet set => member with { Availability = set.Availability, Since = set.EffectiveAt },
        TeamTermsSet set => member with { Terms = set.Terms },
        _ => member,
    };
}

/// <summary>All facts of one member, in the order of their stream.</summary>
public sealed record TeamHistory(string Member, IReadOnlyList<TeamFact> Facts)
{
    public int Version => Facts.Count;

    public TeamHistory With(IEnumerable<TeamFact> facts) => this with { Facts = [.. Facts, .. facts] };

    /// <param name="known">As the ledger knew it then; null for as it knows now.</param>
    public TeamMember InForce(Instant at, Instant? known = null) =>
        EffectiveOrder.InForce(Facts, at, known).Aggregate(TeamMember.New, TeamMember.Evolve);
}

/// <summary>Decides on how a member takes calls. Asked again, it records nothing.</summary>
public static class TeamDecider
{
    public static Decision<TeamFact> SetAvailability(
        TeamHistory history, Availability availability, Change change, Instant now) =>
        change.Over<TeamFact>(
            !Enum.IsDefined(availability)
                ? Refusal.Of("availability", "It is available, busy, away, doNotDisturb or offline.")
            // The first word counts, also where it is what was taken for granted: from it on it is known.
            : history.InForce(change.From(now)) is { Since: not null } said && said.Availability == availability
                ? new Accepted<TeamFact>([])
            : new AvailabilitySet(history.Member, availability),
            history.Version, now);

    /// <summary>An edit is stale where other terms were set since; what availability was said meanwhile is no reason to
    /// refuse it.</summary>
    public static Decision<TeamFact> SetTerms(
        TeamHistory history, TeamTerms terms, Change change, Inventory inventory, Instant now) =>
        change.Over<TeamFact>(
            Refuse(terms, inventory) is { } refusal ? refusal
            : history.InForce(change.From(now)).Terms == terms ? new Accepted<TeamFact>([])
            : new TeamTermsSet(history.Member, terms with { Phones = terms.Phones is [] ? null : terms.Phones }),
            change.Version is { } seen && seen <= history.Version
                && !history.Facts.Skip(seen).OfType<TeamTermsSet>().Any() ? seen : history.Version,
            now);

    private static Refusal? Refuse(TeamTerms terms, Inventory inventory) =>
        Texts.Within(terms.CallsMax, 1, TeamTerms.CallsMost, "callsMax", "The number of calls at the same time")
        ?? Phones(terms.Phones ?? [])
        ?? References.Of(terms, "").FirstOrDefault(named => !inventory.Has(named, []))?.Missing();

    private static Refusal? Phones(IReadOnlyList<string> phones)
    {
        if (phones.Count > TeamTerms.PhonesMax)
        {
            return Refusal.Of("phones", $"A member has at most {TeamTerms.PhonesMax} phones.");
        }
        for (var i = 0; i < phones.Count; i++)
        {
            if (!PhoneNumber.IsE164(phones[i]) && !SipAddress.IsValid(phones[i]))
            {
                return Refusal.Of($"phones[{i}]", $"{Texts.PhoneExpected} Or an address: sip:ann@example.com.");
            }
            if (phones.Take(i).Contains(phones[i], StringComparer.OrdinalIgnoreCase))
            {
                return Refusal.Of($"phones[{i}]", $"{phones[i]} is named twice.");
            }
        }
        return null;
    }
}
