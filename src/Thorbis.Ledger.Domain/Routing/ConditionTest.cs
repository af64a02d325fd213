namespace Thorbis.Ledger.Domain.Routing;

internal enum Truth : byte
{
    No,
    Yes,
    Unknown,
}

/// <summary>A condition, made ready for being asked of many calls. One that does not hold leaves what the call has
/// instead in <see cref="Hearing.Value"/> and <see cref="Hearing.Number"/>.</summary>
internal abstract class ConditionTest
{
    public abstract Truth Of(Hearing call);
}

/// <param name="numbers">By the index of <see cref="Hearing.CalledIndex"/>.</param>
internal sealed class CalledTest(bool[] numbers) : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        call.Value = call.Called;
        return call.CalledIndex >= 0 && numbers[call.CalledIndex] ? Truth.Yes : Truth.No;
    }
}

/// <param name="callers">By the index of <see cref="Hearing.CallerIndex"/>.</param>
internal sealed class CallerTest(bool[] callers) : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        call.Value = call.Caller;
        return call.CallerIndex >= 0 && callers[call.CallerIndex] ? Truth.Yes : Truth.No;
    }
}

internal sealed class PrefixTest(string[] prefixes) : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        call.Value = call.Caller;
        if (call.Caller is { } caller)
        {
            foreach (var prefix in prefixes)
            {
                if (caller.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return Truth.Yes;
                }
            }
        }
        return Truth.No;
    }
}

internal sealed class AnonymousTest : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        call.Value = call.Caller;
        return call.Caller is null ? Truth.Yes : Truth.No;
    }
}

internal sealed class TagTest(string tag) : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        if (call.Situation.Tags is not { } tags)
        {
            return Truth.Unknown;
        }
        call.Value = null;
        for (var i = 0; i < tags.Count; i++)
        {
            if (tags[i] == tag)
            {
                return Truth.Yes;
            }
        }
        return Truth.No;
    }
}

/// <param name="references">Null for any customer.</param>
internal sealed class CustomerTest(HashSet<string>? references) : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        if (call.Situation.Customer is not { } customer)
        {
            return Truth.Unknown;
        }
        call.Value = customer.Reference;
        return customer.Reference is { } reference && references?.Contains(reference) != false ? Truth.Yes : Truth.No;
    }
}

/// <param name="zone">The index of its time zone; -1 when there is none of that name.</param>
/// <param name="ranges">In minutes of the week, which begins on Monday; the end may lie in the next one.</param>
internal sealed class TimeTest(int zone, (int From, int To)[] ranges) : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        call.Value = null;
        call.Number = zone < 0 ? -1 : call.MinuteOfWeek(zone);
        foreach (var (from, to) in ranges)
        {
            if ((call.Number >= from && call.Number < to) || call.Number + Hearing.WeekMinutes < to)
            {
                return zone < 0 ? Truth.No : Truth.Yes;
            }
        }
        return Truth.No;
    }
}

/// <param name="schedule">Its index; -1 when there is none of that id.</param>
internal sealed class HoursTest(int schedule, HoursState state) : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        var hours = schedule < 0 ? null : call.Hours(schedule);
        (call.Value, call.Number) = (hours?.Holiday, hours is null ? -1 : hours.Open ? 1 : 0);
        return hours is not null && state switch
        {
            HoursState.Open => hours.Open,
            HoursState.Closed => !hours.Open,
            _ => hours.Holiday is not null,
        } ? Truth.Yes : Truth.No;
    }
}

/// <summary>Of a kind that there is none of: it holds for no call.</summary>
internal sealed class NeverTest : ConditionTest
{
    public override Truth Of(Hearing call)
    {
        call.Value = null;
        return Truth.No;
    }
}
