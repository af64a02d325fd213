namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Which rules, queues and books can be taken; each check gives all that is wrong.</summary>
public static class RuleRules
{
    public const int ConditionsMax = 20;
    public const int MembersMax = 100;
    public const int WaitSecondsMin = 10;
    public const int WaitSecondsMost = 7_200;
    public const int SizeMost = 1_000;

    /// <param name="queues">Ids of the queues that there are.</param>
    /// <param name="prefix">What fields begin with: empty, or a path that ends in a dot.</param>
    public static IReadOnlyList<Refusal> Check(
        Rule rule, IReadOnlyCollection<string> queues, Inventory inventory, string prefix = "")
    {
        Refusal?[] shape =
        [
            Texts.Name(rule.Name, $"{prefix}name"),
            rule.When is not { Count: <= ConditionsMax }
                ? Refusal.Of($"{prefix}when", $"A rule has at most {ConditionsMax} conditions.") : null,
            .. (rule.When ?? []).Select((c, i) => ConditionRules.Check(c, $"{prefix}when[{i}]", inventory.Zones)),
            Action(rule.Then, $"{prefix}then"),
            Ring(rule.Ring, $"{prefix}ring"),
            rule.Fallback is null ? null : Texts.Destination(rule.Fallback, $"{prefix}fallback"),
            Notice(rule, $"{prefix}notice"),
        ];
        return All(shape, () => References.Of(rule, prefix), queues, inventory);
    }

    /// <param name="queues">Ids of the queues that there are.</param>
    public static IReadOnlyList<Refusal> Check(
        Queue queue, IReadOnlyCollection<string> queues, Inventory inventory, string prefix = "")
    {
        Refusal?[] shape =
        [
            Texts.Id(queue.Id, $"{prefix}id"), Texts.Name(queue.Name, $"{prefix}name"),
            Texts.Distinct(queue.Members, $"{prefix}members", "member", MembersMax),
            Enum.IsDefined(queue.Strategy) ? null : Refusal.Of($"{prefix}strategy", "There is no such strategy."),
            Texts.Within(
                queue.WaitSecondsMax, WaitSecondsMin, WaitSecondsMost, $"{prefix}waitSecondsMax", "The longest wait"),
            Texts.Within(queue.SizeMax, 1, SizeMost, $"{prefix}sizeMax", "The size of a queue"),
            Texts.Destination(queue.Overflow, $"{prefix}overflow"),
            CallBack(queue, $"{prefix}callBack"),
        ];
        return All(shape, () => References.Of(queue, prefix), queues, inventory);
    }

    /// <summary>Everything in it, as before it is restored.</summary>
    public static IReadOnlyList<Refusal> Check(RuleBook book, Inventory inventory)
    {
        string[] queues = [.. book.Queues.Select(queue => queue.Id)];
        return
        [
            .. book.Rules.SelectMany((rule, i) => Check(rule, queues, inventory, $"rules[{i}].")),
            .. book.Queues.SelectMany((queue, i) => Check(queue, queues, inventory, $"queues[{i}].")),
            .. Check(book.Default, "default", queues, inventory),
        ];
    }

    /// <param name="destination">Null is none, which can be taken.</param>
    public static IReadOnlyList<Refusal> Check(
        Destination? destination, string field, IReadOnlyCollection<string> queues, Inventory inventory) =>
        destination is null ? [] : All(
            [Texts.Destination(destination, field)], () => References.Of(destination, field, ""), queues, inventory);

    internal static Refusal? Check(VoicemailNotice notice, string field) =>
        Texts.Distinct(notice.Members, $"{field}.members", "member", MembersMax)
        ?? (notice.ByEmail || notice.ByText ? null : Refusal.Of(field, "Choose e-mail, SMS or both."));

    /// <summary>References are only looked at where the shape is right.</summary>
    private static List<Refusal> All(
        Refusal?[] shape, Func<IEnumerable<Reference>> references, IReadOnlyCollection<string> queues,
        Inventory inventory)
    {
        var refused = shape.OfType<Refusal>().ToList();
        return refused.Count > 0 ? refused
            : [.. references().Where(r => !inventory.Has(r, queues)).Select(r => r.Missing())];
    }

    private static Refusal? Action(RuleAction? action, string field) => action switch
    {
        null => Refusal.Of(field, "A rule needs something to do with the call."),
        Direct direct => Texts.Destination(direct.To, $"{field}.to"),
        RoundRobin turns => Texts.Distinct(turns.Members, $"{field}.members", "member", MembersMax),
        Simultaneous all => Texts.Distinct(all.Members, $"{field}.members", "member", MembersMax),
        PlayMenu play => Texts.Id(play.Menu, $"{field}.menu"),
        JoinQueue join => Texts.Id(join.Queue, $"{field}.queue"),
        BusinessHours hours => Texts.Id(hours.Schedule, $"{field}.schedule")
            ?? Texts.Destination(hours.WhenOpen, $"{field}.whenOpen"),
        _ => null,
    };

    private static Refusal? Ring(RingSettings? ring, string field) =>
        ring is null ? Refusal.Of(field, "Ring settings are needed.")
        : Texts.Within(
            ring.Seconds, RingSettings.SecondsMin, RingSettings.SecondsMax, $"{field}.seconds", "The ring time")
        ?? (Enum.IsDefined(ring.Recording) ? null
            : Refusal.Of($"{field}.recording", "It is none, single or dual."));

    private static Refusal? Notice(Rule rule, string field) =>
        rule.Notice is not { } notice ? null
        : rule.Fallback is not ToMailbox
            ? Refusal.Of(field, "Somebody is told only where the fall-back is a voicemail box.")
        : Check(notice, field);

    private static Refusal? CallBack(Queue queue, string field) =>
        queue.CallBack is not { } offer ? null
        : offer.AfterSeconds < 0 || offer.AfterSeconds >= queue.WaitSecondsMax
            ? Refusal.Of($"{field}.afterSeconds", "A call back is offered before the longest wait is over.")
        : offer.Key is [var key] && Calls.MenuKey.Keys.Contains(key) ? null
        : Refusal.Of($"{field}.key", "A key is one of 0-9 * #.");
}
