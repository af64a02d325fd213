using NodaTime;

namespace Thorbis.Ledger.Domain.Messages;

/// <summary>One recipient of a message, folded from every report.</summary>
/// <param name="At">Occurred-at of the report that the status stands on.</param>
/// <param name="Number">E.164 where the carrier's writing has such a form, else as written.</param>
/// <param name="Status">The furthest word told; of equally far ones the later.</param>
/// <param name="Own">Some report came while the number was the company's.</param>
public sealed record RecipientState(
    Instant At, string Number, string? Status, string? Carrier, string? LineType, bool Own)
    : ITold, IKeyed<RecipientState>
{
    string IKeyed<RecipientState>.Key => Number;

    internal static RecipientState Of(MessageRecipient told, Instant at) => new(
        at, PhoneNumber.Normalize(told.Number) ?? told.Number, told.Status, told.Carrier, told.LineType, told.Own);

    string ITold.Content() => Registers.Content(Status, Carrier, LineType);

    RecipientState IKeyed<RecipientState>.Merge(RecipientState other)
    {
        var ahead = RecipientStatus.Rank(other.Status) - RecipientStatus.Rank(Status);
        var winner = ahead == 0 ? Registers.Latest(this, other) : ahead > 0 ? other : this;
        return winner with { Own = Own || other.Own };
    }
}
