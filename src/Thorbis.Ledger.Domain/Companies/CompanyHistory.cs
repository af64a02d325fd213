using NodaTime;
using Thorbis.Ledger.Domain.Numbers;

namespace Thorbis.Ledger.Domain.Companies;

/// <summary>A fact of members or numbers in its place.</summary>
/// <param name="Sequence">Its place in the ledger.</param>
public sealed record RecordedFact(long Sequence, Fact Fact);

/// <summary>A number that a company held at an instant.</summary>
/// <param name="From">First instant of the holding, inclusive.</param>
/// <param name="Until">First instant after it; null while it lasts.</param>
/// <param name="ConfirmedAt">Null while it was a claim, which attributes nothing.</param>
public sealed record HeldNumber(
    string Number, Instant From, Instant? Until, Instant RegisteredAt, Instant? ConfirmedAt);

/// <summary>Who belonged to a company, and which numbers it held, at any instant.</summary>
/// <param name="Facts">In the order of the ledger.</param>
public sealed record CompanyHistory(IReadOnlyList<RecordedFact> Facts)
{
    public static readonly CompanyHistory Empty = new([]);

    public CompanyHistory With(IEnumerable<RecordedFact> more) => new([.. Facts, .. more]);

    /// <summary>With only what was recorded by an instant, and up to a place of the ledger.</summary>
    /// <param name="instant">Inclusive; null for all.</param>
    /// <param name="sequence">Inclusive.</param>
    public CompanyHistory Known(Instant? instant, long sequence) => new(
        [.. Facts.Where(told => told.Sequence <= sequence && !(told.Fact.OccurredAt > instant))]);

    /// <summary>Roles by user id. A member is one from the instant on at which it was recorded.</summary>
    public IReadOnlyDictionary<string, Role> MembersAt(Instant at)
    {
        var members = new SortedDictionary<string, Role>(StringComparer.Ordinal);
        foreach (var fact in Facts.Select(told => told.Fact).OfType<MemberFact>().Where(f => f.OccurredAt <= at))
        {
            switch (fact)
            {
                case MemberJoined joined:
                    members[joined.UserId] = joined.Role;
                    break;
                case MemberRoleChanged changed:
                    members[changed.UserId] = changed.Role;
                    break;
                case MemberRemoved removed:
                    members.Remove(removed.UserId);
                    break;
            }
        }
        return members;
    }

    /// <summary>By number; claims too.</summary>
    public IReadOnlyList<HeldNumber> NumbersAt(Instant at)
    {
        var confirmed = Facts.Select(told => told.Fact).OfType<NumberConfirmed>()
            .GroupBy(fact => (fact.Number, fact.From, fact.Until))
            .ToDictionary(same => same.Key, same => (Instant?)same.First().OccurredAt);
        return
        [
            .. Facts.Select(told => told.Fact).OfType<NumberClaimed>()
                .Where(claim => claim.From <= at && !(claim.Until <= at))
                .Select(claim => new HeldNumber(
                    claim.Number, claim.From, claim.Until, claim.OccurredAt,
                    confirmed.GetValueOrDefault((claim.Number, claim.From, claim.Until))))
                .OrderBy(held => held.Number, StringComparer.Ordinal).ThenBy(held => held.From),
        ];
    }
}
