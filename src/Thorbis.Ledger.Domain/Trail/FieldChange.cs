namespace Thorbis.Ledger.Domain.Trail;

/// <summary>One thing that a change made different.</summary>
/// <param name="Field">Path within what was changed, such as <c>week.friday</c> or <c>rules[Sales].ring.seconds</c>:
/// in brackets the name, id or key of one of a list, with <c>#2</c> for the second of the same name. Empty for the
/// whole.</param>
/// <param name="Before">A short text; null where there was nothing.</param>
/// <param name="After">A short text; null where there is nothing any more.</param>
/// <param name="Words">For people, part of a sentence: <c>Friday closes 17:00 → 16:00</c>.</param>
public sealed record FieldChange(string Field, string? Before, string? After, string Words);
