using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>A gather that ended with at least one digit.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Digit">
/// The key, one of <c>0-9 * #</c>; null when several digits were typed, which may be a card number or a PIN.
/// </param>
public sealed record MenuKey(Instant At, string? Digit) : IKeyed<MenuKey>
{
    /// <summary>The keys of a telephone.</summary>
    public const string Keys = "0123456789*#";

    string IKeyed<MenuKey>.Key => Registers.Content(At, Digit);

    MenuKey IKeyed<MenuKey>.Merge(MenuKey other) => this;

    public static MenuKey Of(GatherEnded fact) => new(
        fact.OccurredAt, fact.Digits is [var digit] && Keys.Contains(digit) ? fact.Digits : null);
}
