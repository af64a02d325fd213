using NodaTime;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Mailboxes;

/// <summary>All facts of a voicemail box, in the order of their stream.</summary>
public sealed record MailboxHistory(IReadOnlyList<MailboxFact> Facts)
{
    public static readonly MailboxHistory Empty = new([]);

    /// <summary>0 when it was never defined; one more with each fact, those of the PIN too.</summary>
    public int Version => Facts.Count;

    public MailboxHistory With(IEnumerable<MailboxFact> facts) => new([.. Facts, .. facts]);

    /// <summary>The box in force at an instant; null before it was defined, and while it is retired.</summary>
    /// <param name="known">As the ledger knew it then; null for as it knows now.</param>
    public Mailbox? InForce(Instant at, Instant? known = null) =>
        EffectiveOrder.InForce(Facts, at, known).Aggregate((Mailbox?)null, Evolve);

    /// <summary>The change whose settings, or whose retirement, hold at an instant; null before it was defined.
    /// </summary>
    public int? VersionInForce(Instant at) => Enumerable.Range(1, Version)
        .Where(version => Facts[version - 1].EffectiveAt <= at
            && Facts[version - 1] is not (MailboxPinSet or MailboxPinCleared))
        .OrderBy(version => Facts[version - 1].EffectiveAt).Select(version => (int?)version).LastOrDefault();

    /// <summary>Whether it had a PIN at an instant.</summary>
    /// <param name="known">As the ledger knew it then; null for as it knows now.</param>
    public bool HasPin(Instant at, Instant? known = null) => EffectiveOrder.InForce(Facts, at, known)
        .LastOrDefault(fact => fact is MailboxPinSet or MailboxPinCleared) is MailboxPinSet;

    /// <summary>The box as it is at an instant, and as it is planned to be later; empty when it is none then or
    /// ever after.</summary>
    public IEnumerable<Mailbox> From(Instant at) => Facts.Select(fact => fact.EffectiveAt)
        .Where(planned => planned > at).Append(at).Distinct().Order().Select(then => InForce(then)).OfType<Mailbox>();

    /// <summary>The box as a change made it; null when that retired it, was about the PIN, or there is none.</summary>
    /// <param name="version">From 1 on.</param>
    public Mailbox? AtVersion(int version) =>
        version >= 1 && version <= Version ? Evolve(null, Facts[version - 1]) : null;

    internal static Mailbox? Evolve(Mailbox? mailbox, MailboxFact fact) => fact switch
    {
        MailboxDefined defined => defined.Mailbox,
        MailboxRevised revised => revised.Mailbox,
        MailboxRestored restored => restored.Mailbox,
        MailboxRetired => null,
        _ => mailbox,
    };
}
