using Thorbis.Ledger.Domain;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>What becomes of one webhook: it belongs to companies, or it is parked.</summary>
public abstract record Attribution
{
    /// <summary>Done: what each company gets of it. A company with no facts keeps the webhook without
    /// interpretation.</summary>
    /// <param name="Shared">It names numbers of more than one company, so that its bytes are shown to none of
    /// them.</param>
    public sealed record To(IReadOnlyList<CompanyShare> Shares, bool Shared = false) : Attribution;

    /// <summary>Not yet anybody's.</summary>
    /// <param name="State">waiting or quarantined (see <see cref="BacklogState"/>).</param>
    /// <param name="Keys">It is looked at again when any of these becomes known.</param>
    public sealed record Parked(string State, string Reason, IReadOnlyList<string> Keys) : Attribution;

    public static Attribution Single(string company, string stream, Fact fact) =>
        new To([new(company, [new(stream, fact, "")])]);
}

/// <param name="Facts">Empty where the webhook is kept without interpretation.</param>
public sealed record CompanyShare(string Company, IReadOnlyList<StreamFact> Facts);

/// <param name="ItemKey">Tells several facts of one webhook in one company apart; empty where there is one.</param>
public sealed record StreamFact(string Stream, Fact Fact, string ItemKey);

/// <summary>Whose a leg is: decided once, at its start, for all its webhooks.</summary>
/// <param name="DecidedBy"><c>number</c>, <c>session</c> or <c>connection</c>.</param>
public sealed record LegOwner(
    string LegId, string ControlId, string SessionId, string Company, string? OwnNumber, string DecidedBy);
