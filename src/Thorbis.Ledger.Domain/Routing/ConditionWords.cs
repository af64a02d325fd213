using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Why conditions do not hold, in words.</summary>
internal static class ConditionWords
{
    /// <summary>So many of a list are named; of more, how many there are.</summary>
    private const int NamedMax = 3;

    public static string Failed(Condition condition, TraceStep step, Func<string, string> nameOf) => condition switch
    {
        CalledNumber called => $"the call came to {step.Value}, not to {OneOf(called.Numbers, "number")}",
        CallerPrefix prefix => $"{Caller(step)} does not begin with {OneOf(prefix.Prefixes, "prefix", "prefixes")}",
        CallerList list => $"{Caller(step)} is not {OneOf(list.Callers, "caller")}",
        AnonymousCaller => $"the caller shows the number {step.Value}",
        NumberTag tag => $"the number called does not carry the tag '{tag.Tag}'",
        FromCustomer of when step.Value is null => "the caller is linked to no customer",
        FromCustomer of => $"the caller is the customer {step.Value}, not {OneOf(of.References, "customer")}",
        TimeOfWeek when step.Number < 0 => "its time zone is not known",
        TimeOfWeek time => $"the call came on {Time(step.Number)} in {time.Zone}, outside of its times",
        HoursCondition hours when step.Number < 0 => $"there is no schedule {nameOf(hours.Schedule)}",
        HoursCondition hours => Hours(hours, step, nameOf(hours.Schedule)),
        _ => "its condition is of a kind that is not known",
    };

    private static string Hours(HoursCondition hours, TraceStep step, string name) => hours.State switch
    {
        HoursState.Holiday => $"it is no holiday of {name}",
        _ => $"{name} is {(step.Number == 1 ? "open" : "closed")}"
            + (step.Value is { } holiday ? $" for {holiday}" : ""),
    };

    private static string Caller(TraceStep step) => step.Value is { } caller
        ? $"the caller's number {caller}"
        : "the caller shows no number, which";

    private static string OneOf(IReadOnlyList<string> texts, string one, string? many = null) =>
        texts.Count > NamedMax ? $"one of {texts.Count} {many ?? one + "s"}" : string.Join(" or ", texts);

    private static string Time(int minute) =>
        $"{(IsoDayOfWeek)((minute / 1440) + 1)} at {minute % 1440 / 60:00}:{minute % 60:00}";
}
