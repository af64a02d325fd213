using NodaTime;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Checks drafts by the rules for what is changed in earnest.</summary>
public static class DraftDecider
{
    /// <summary>The facts that a draft comes to, schedules first, then menus, then the rule book.</summary>
    /// <param name="inventory">Of the instant from which on the change shall hold.</param>
    /// <returns>A refusal always names its field, such as <c>commands[2].rule.then</c>.</returns>
    public static Decision<ConfigurationFact> Decide(
        ConfigurationHistory history, ConfigurationDraft draft, Change change, Inventory inventory, Instant now)
    {
        var drafting = new Drafting(history, change, inventory, now);
        return (Shape(draft) ?? drafting.Take(draft)) is { } refusal
            ? refusal with { Field = refusal.Field ?? "" }
            : new Accepted<ConfigurationFact>(drafting.Facts);
    }

    /// <summary>A history with facts that were never recorded.</summary>
    public static ConfigurationHistory With(ConfigurationHistory history, IReadOnlyList<ConfigurationFact> facts)
    {
        var last = history.Changes is [.., var change] ? change.Sequence : 0;
        return facts.Count == 0 ? history
            : history.With(facts.Select((fact, i) => new RecordedChange(last + 1 + i, StreamOf(fact), fact)));
    }

    /// <summary>The streams whose versions a draft is written on.</summary>
    public static IEnumerable<string> StreamsOf(ConfigurationDraft draft) =>
    [
        .. (draft.Schedules ?? []).Select(schedule => ScheduleStream(schedule.ScheduleId)),
        .. (draft.Menus ?? []).Select(menu => MenuStream(menu.Id)),
        .. draft is { Commands: null or [], Version: null } ? Array.Empty<string>() : [ConfigurationHistory.BookStream],
    ];

    /// <summary>The stream that a fact which a draft comes to belongs to.</summary>
    public static string StreamOf(ConfigurationFact fact) => fact switch
    {
        ScheduleFact schedule => ScheduleStream(schedule.ScheduleId),
        MenuFact menu => MenuStream(menu.MenuId),
        _ => ConfigurationHistory.BookStream,
    };

    private static string ScheduleStream(Guid scheduleId) => $"schedule/{scheduleId}";

    private static string MenuStream(string menuId) => $"menu/{menuId}";

    private static Refusal? Shape(ConfigurationDraft draft) =>
        draft.Version is not null && (draft.Commands ?? draft.Schedules ?? (object?)draft.Menus) is not null
            ? Refusal.Of("version", "A former version stands alone: leave commands, schedules and menus out.")
        : Count(draft.Commands, "commands", ConfigurationDraft.CommandsMax)
        ?? Count(draft.Schedules, "schedules", ConfigurationDraft.ThingsMax)
        ?? Count(draft.Menus, "menus", ConfigurationDraft.ThingsMax);

    private static Refusal? Count<T>(IReadOnlyList<T>? list, string field, int most)
    {
        for (var i = 0; i < list?.Count && list.Count <= most; i++)
        {
            if (list[i] is null)
            {
                return Refusal.Of($"{field}[{i}]", "Something is needed here.");
            }
        }
        return list?.Count > most ? Refusal.Of(field, $"At most {most} can be named.") : null;
    }

    /// <summary>One draft while it is checked: what is taken is seen by what comes after it.</summary>
    private sealed class Drafting(ConfigurationHistory history, Change change, Inventory inventory, Instant now)
    {
        private ConfigurationHistory _history = history;

        public List<ConfigurationFact> Facts { get; } = [];

        private Instant From => change.From(now);

        private Inventory Inventory =>
            _history.InventoryAt(From, inventory.Numbers, inventory.Members, inventory.Zones) with
            {
                Mailboxes = inventory.Mailboxes,
                Audio = inventory.Audio,
            };

        public Refusal? Take(ConfigurationDraft draft) =>
            draft.Version is { } version ? Former(version)
            : (draft.Schedules ?? []).Select(Schedule).FirstOrDefault(refusal => refusal is not null)
            ?? Menus(draft)
            ?? Commands(draft.Commands ?? []);

        private Refusal? Former(int version) =>
            version < 0 || version > _history.Book.Version
                ? Refusal.Of("version", $"The rule book has the versions 0 to {_history.Book.Version}.")
            : _history.Book.AtVersion(version) is var book && book == _history.Book.InForce(From) ? null
            : Add<RuleBookFact>(change.Sign(new RuleBookRestored(book, version), now), _ => "version");

        private Refusal? Schedule(ScheduleDraft draft, int place)
        {
            var state = _history.Schedules.GetValueOrDefault($"{draft.ScheduleId}");
            string[] others =
            [
                .. _history.Schedules.Values.Where(other => other != state && !other.Last.Retired)
                    .Select(other => other.Last.Terms.Name),
            ];
            Decision<ScheduleFact> decision = draft.Terms is null ? Refusal.Of("", "The terms are needed.")
                : state is null
                    ? ScheduleDecider.Define(null, draft.ScheduleId, draft.Terms, others, change, now)
                : ScheduleDecider.Revise(state, state.Version, draft.Terms, others, change, now);
            return Add(decision, field => $"schedules[{place}].terms{(field.Length > 0 ? "." : "")}{field}");
        }

        /// <summary>They may name each other, and queues that a command is going to add.</summary>
        private Refusal? Menus(ConfigurationDraft draft)
        {
            if (draft.Menus is not { Count: > 0 } menus)
            {
                return null;
            }
            string[] queues =
            [
                .. _history.Book.InForce(From).Queues.Select(queue => queue.Id),
                .. (draft.Commands ?? []).OfType<AddQueue>().Select(add => add.Queue?.Id ?? ""),
            ];
            var ends = new Dictionary<string, Destination>(Inventory.Menus);
            menus.Where(menu => menu.Id is not null).ToList().ForEach(menu => ends[menu.Id] = new ToHangUp());
            var among = Inventory with { Menus = ends };
            return menus.Select((menu, place) => Add(
                MenuDecider.Set(
                    _history.Menus.GetValueOrDefault(menu.Id ?? "", MenuHistory.Empty), menu, change,
                    _history.Menus.Count(other => other.Key != menu.Id && !other.Value.EndedBy(From)), queues, among,
                    now),
                field => $"menus[{place}].{field}")).FirstOrDefault(refusal => refusal is not null);
        }

        private Refusal? Commands(IReadOnlyList<RuleBookCommand> commands)
        {
            if (commands.Count == 0)
            {
                return null;
            }
            var (decision, place) = RuleBookDecider.DecideAll(_history.Book, commands, change, Inventory, now);
            return Add(decision, field => place == commands.Count ? "commands" : $"commands[{place}]"
                + (Inner(commands[place], field) is { Length: > 0 } inner ? $".{inner}" : ""));
        }

        /// <summary>Where in a command a field is that is told of what it adds, revises or restores.</summary>
        private static string Inner(RuleBookCommand command, string field) => (command, field) switch
        {
            (_, "" or "place") => field,
            (AddRule or ReviseRule, _) => $"rule.{field}",
            (AddQueue or ReviseQueue, _) => $"queue.{field}",
            (RestoreRule, _) or (RestoreBook, not "version") => "",
            _ => field,
        };

        private Refusal? Add<TFact>(Decision<TFact> decision, Func<string, string> fieldOf)
            where TFact : ConfigurationFact
        {
            if (decision is Refused<TFact> { Why: var why })
            {
                return why with { Field = fieldOf(why.Field ?? "") };
            }
            var facts = ((Accepted<TFact>)decision).Facts;
            Facts.AddRange(facts);
            _history = With(_history, facts);
            return null;
        }
    }
}
