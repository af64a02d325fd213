using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>A recording of a leg that the carrier saved.</summary>
/// <param name="At">When it was saved, first telling.</param>
/// <param name="RecordingId">Null where the carrier gave none; then its start tells it apart.</param>
/// <param name="Channels"><c>single</c> or <c>dual</c>.</param>
public sealed record Recording(
    Instant At, string? RecordingId, string? Channels, Instant? StartedAt, Instant? EndedAt)
    : ITold, IKeyed<Recording>
{
    string IKeyed<Recording>.Key => RecordingId ?? Registers.Content(StartedAt ?? At);

    string ITold.Content() => Registers.Content(Channels, StartedAt, EndedAt);

    Recording IKeyed<Recording>.Merge(Recording other) => Registers.Earliest(this, other);
}
