using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What a company has, at the moment, that rules and menus may name.</summary>
/// <param name="Numbers">Own numbers, E.164.</param>
/// <param name="Members">Ids of members.</param>
/// <param name="Menus">By id: where a caller ends who presses nothing.</param>
/// <param name="Schedules">By id: where calls go after hours.</param>
/// <param name="Mailboxes">Ids of voicemail boxes; null when they cannot be checked.</param>
/// <param name="Audio">Ids of recordings in the audio library; null when they cannot be checked.</param>
/// <param name="Elsewhere">What menus, schedules and whatever else is not of the rule book refer to.</param>
public sealed record Inventory(
    IReadOnlySet<string> Numbers, IReadOnlySet<string> Members, IReadOnlyDictionary<string, Destination> Menus,
    IReadOnlyDictionary<string, Destination> Schedules, IReadOnlySet<string>? Mailboxes, IReadOnlySet<string>? Audio,
    IReadOnlyList<Reference> Elsewhere, IDateTimeZoneProvider Zones)
{
    /// <param name="queues">Ids of the queues that there are.</param>
    public bool Has(Reference reference, IEnumerable<string> queues) => reference.To switch
    {
        ReferenceKind.Number => Numbers.Contains(reference.Id),
        ReferenceKind.Member => Members.Contains(reference.Id),
        ReferenceKind.Menu => Menus.ContainsKey(reference.Id),
        ReferenceKind.Schedule => Schedules.ContainsKey(reference.Id),
        ReferenceKind.Mailbox => Mailboxes?.Contains(reference.Id) ?? true,
        ReferenceKind.Audio => Audio?.Contains(reference.Id) ?? true,
        _ => queues.Contains(reference.Id),
    };
}
