using NodaTime;

namespace Thorbis.Ledger.Domain.Calls;

/// <summary>Something was spoken or played on a leg; the last before a message is its greeting.</summary>
/// <param name="At">When it began.</param>
public sealed record Prompt(Instant At) : IKeyed<Prompt>
{
    string IKeyed<Prompt>.Key => Registers.Content(At);

    Prompt IKeyed<Prompt>.Merge(Prompt other) => this;
}
