using System.Collections.Concurrent;
using NodaTime;
using Thorbis.Ledger.Domain.ChangeSets;
using Thorbis.Ledger.Domain.Mailboxes;
using Thorbis.Ledger.Domain.Menus;
using Thorbis.Ledger.Domain.Schedules;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>A fact of a company's configuration in its place.</summary>
/// <param name="Sequence">Its place in the ledger.</param>
public sealed record RecordedChange(long Sequence, string Stream, ConfigurationFact Fact);

/// <summary>All that was ever decided of a company's configuration. Immutable; what is asked for is folded when first
/// asked for.</summary>
public sealed class ConfigurationHistory
{
    public const string BookStream = "rulebook";

    public static readonly ConfigurationHistory Empty = new([], []);

    /// <summary>Shared with what is made of it: the same terms are one timetable, so that what two configurations have
    /// in common is worked out once, and is seen to be the same.</summary>
    private readonly ConcurrentDictionary<Schedule, Func<Instant, OpenState>> _timetables;
    private readonly Lazy<Dictionary<string, List<RecordedChange>>> _streams;
    private readonly Lazy<RuleBookHistory> _book;
    private readonly Lazy<RuleBookFolds> _folds;
    private readonly Lazy<Dictionary<string, MenuHistory>> _menus;
    private readonly Lazy<Dictionary<string, ScheduleState>> _schedules;
    private readonly Lazy<Dictionary<string, MailboxHistory>> _mailboxes;
    private readonly Lazy<Dictionary<string, TeamHistory>> _team;
    private readonly Lazy<Dictionary<string, ChangeSet>> _changeSets;

    // What is known of a longer history is folded from the states that the longer one keeps.
    private readonly ConfigurationHistory _whole;
    private readonly Instant? _known;
    private readonly long _sequence;

    private ConfigurationHistory(
        IReadOnlyList<RecordedChange> changes, ConcurrentDictionary<Schedule, Func<Instant, OpenState>> timetables,
        ConfigurationHistory? whole = null, Instant? known = null, long sequence = long.MaxValue)
    {
        (Changes, _timetables) = (changes, timetables);
        (_whole, _known, _sequence) = (whole ?? this, known, sequence);
        _folds = new(() => new(Of(BookStream)));
        _streams = new(() => Changes.GroupBy(change => change.Stream).ToDictionary(s => s.Key, s => s.ToList()));
        _book = new(() => new(Facts<RuleBookFact>(BookStream)));
        _menus = new(() => Fold<MenuFact, MenuHistory>(facts => new(facts), fact => fact.MenuId));
        _mailboxes = new(() => Fold<MailboxFact, MailboxHistory>(facts => new(facts), fact => fact.MailboxId));
        _team = new(() => Fold<TeamFact, TeamHistory>(facts => new(facts[0].Member, facts), fact => fact.Member));
        _changeSets = new(() => Fold<ChangeSetFact, ChangeSet>(
            facts => facts.Aggregate((ChangeSet?)null, ChangeSet.Evolve)!, fact => $"{fact.ChangeSetId}"));
        _schedules = new(() => Fold<ScheduleFact, ScheduleState>(
            facts => facts.Aggregate((ScheduleState?)null, ScheduleState.Evolve)!, fact => $"{fact.ScheduleId}"));
    }

    /// <summary>In the order of the ledger.</summary>
    public IReadOnlyList<RecordedChange> Changes { get; }

    public RuleBookHistory Book => _book.Value;

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, MenuHistory> Menus => _menus.Value;

    /// <summary>By id, as rules name them.</summary>
    public IReadOnlyDictionary<string, ScheduleState> Schedules => _schedules.Value;

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, MailboxHistory> Mailboxes => _mailboxes.Value;

    /// <summary>By member; those of whom nothing was ever said are not in it.</summary>
    public IReadOnlyDictionary<string, TeamHistory> Team => _team.Value;

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, ChangeSet> ChangeSets => _changeSets.Value;

    /// <param name="more">Later ones.</param>
    public ConfigurationHistory With(IEnumerable<RecordedChange> more) =>
        // The empty one is everybody's: what is kept there would be kept for good.
        new([.. Changes, .. more], Changes.Count == 0 ? [] : _timetables);

    /// <summary>What one thing's stream has.</summary>
    public IReadOnlyList<RecordedChange> Of(string stream) => _streams.Value.GetValueOrDefault(stream) ?? [];

    /// <summary>With only what was recorded by an instant, and up to a place of the ledger.</summary>
    /// <param name="instant">Inclusive; null for all.</param>
    /// <param name="sequence">Inclusive.</param>
    public ConfigurationHistory Known(Instant? instant, long sequence = long.MaxValue)
    {
        if (Changes.Count == 0 || (instant is null && Changes[^1].Sequence <= sequence))
        {
            return this;
        }
        var known = instant is null || _known < instant ? _known ?? instant : instant;
        return new(
            [.. Changes.Where(change => change.Sequence <= sequence && !(change.Fact.OccurredAt > instant))],
            _timetables, _whole, known, Math.Min(sequence, _sequence));
    }

    /// <summary>The rule book in force at an instant.</summary>
    public RuleBook BookAt(Instant at) => _whole._folds.Value.At(at, _known, _sequence);

    /// <summary>Instants in a range at which what decides on calls may become another, in order. Whether members are
    /// available is no part of it.</summary>
    public IEnumerable<Instant> ChangesBetween(Instant after, Instant before) => Changes
        .Where(change => change.Fact is not AvailabilitySet)
        .Select(change => change.Fact.EffectiveAt).Where(at => at > after && at < before).Distinct().Order();

    /// <summary>What decides on calls at an instant.</summary>
    public RoutingConfiguration InForce(Instant at, IDateTimeZoneProvider zones) => new(
        BookAt(at), MenusAt(at),
        SchedulesAt(at).ToDictionary(
            schedule => schedule.Key,
            schedule => _timetables.GetOrAdd(schedule.Value, terms => Timetable.Of(terms).At)),
        Team.ToDictionary(member => member.Key, member => member.Value.InForce(at).Terms), zones);

    public Dictionary<string, Menu> MenusAt(Instant at) => Menus
        .Select(menu => KeyValuePair.Create(menu.Key, menu.Value.InForce(at)))
        .Where(menu => menu.Value is not null).ToDictionary(menu => menu.Key, menu => menu.Value!);

    public Dictionary<string, Schedule> SchedulesAt(Instant at) => Schedules
        .Select(schedule => KeyValuePair.Create(schedule.Key, schedule.Value.TermsAt(at)))
        .Where(schedule => schedule.Value is not null).ToDictionary(s => s.Key, s => s.Value!);

    public Dictionary<string, Mailbox> MailboxesAt(Instant at) => Mailboxes
        .Select(mailbox => KeyValuePair.Create(mailbox.Key, mailbox.Value.InForce(at)))
        .Where(mailbox => mailbox.Value is not null).ToDictionary(m => m.Key, m => m.Value!);

    /// <summary>What there is at an instant that rules, queues and menus may name.</summary>
    /// <param name="numbers">Own numbers then, E.164.</param>
    /// <param name="members">Ids of members then.</param>
    public Inventory InventoryAt(
        Instant at, IReadOnlySet<string> numbers, IReadOnlySet<string> members, IDateTimeZoneProvider zones)
    {
        var (menus, schedules, mailboxes) = (MenusAt(at), SchedulesAt(at), MailboxesAt(at));
        return new(
            numbers, members,
            menus.ToDictionary(
                menu => menu.Key,
                menu => MenuWalk.Run(menu.Value, [MenuInput.Silence]).End.To ?? new ToHangUp()),
            schedules.ToDictionary(schedule => schedule.Key, schedule => schedule.Value.AfterHours),
            mailboxes.Keys.ToHashSet(), Audio: null,
            [
                .. menus.Values.SelectMany(MenuReferences.Of),
                .. schedules.Values.SelectMany(ScheduleReferences.Of),
                .. mailboxes.Values.SelectMany(References.Of),
                .. Team.Values.Where(member => members.Contains(member.Member))
                    .SelectMany(member => References.Of(member.InForce(at).Terms, member.Member)),
            ],
            zones);
    }

    private List<TFact> Facts<TFact>(string stream)
        where TFact : ConfigurationFact => [.. Of(stream).Select(change => change.Fact).OfType<TFact>()];

    private Dictionary<string, THistory> Fold<TFact, THistory>(
        Func<IReadOnlyList<TFact>, THistory> fold, Func<TFact, string> idOf)
        where TFact : ConfigurationFact => _streams.Value.Values
        .Where(stream => stream[0].Fact is TFact)
        .Select(stream => stream.Select(change => (TFact)change.Fact).ToList())
        .ToDictionary(facts => idOf(facts[0]), facts => fold(facts));
}
