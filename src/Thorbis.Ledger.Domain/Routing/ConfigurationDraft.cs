using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Changes of a configuration that nobody has made yet. Empty it is the configuration as it is.</summary>
/// <param name="Commands">On the rule book, in their order; each sees what those before it come to.</param>
/// <param name="Schedules">Whole, in place of those of the same id or beside them.</param>
/// <param name="Menus">Whole, in place of those of the same id or beside them.</param>
/// <param name="Version">A former version of the rule book instead, whatever of it would be refused by now; beside
/// nothing else.</param>
public sealed record ConfigurationDraft(
    IReadOnlyList<RuleBookCommand>? Commands = null, IReadOnlyList<ScheduleDraft>? Schedules = null,
    IReadOnlyList<Menu>? Menus = null, int? Version = null)
{
    public const int CommandsMax = 1_000;

    /// <summary>Of schedules, and of menus.</summary>
    public const int ThingsMax = 50;
}

/// <param name="ScheduleId">Of a schedule that there is, or of a new one.</param>
/// <param name="Terms">Whole.</param>
public sealed record ScheduleDraft(Guid ScheduleId, Schedule Terms);
