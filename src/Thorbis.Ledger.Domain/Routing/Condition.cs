using System.Text.Json.Serialization;
using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What must hold of a call for a rule to apply. Stored in facts: names are permanent.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CalledNumber), "called_number")]
[JsonDerivedType(typeof(CallerPrefix), "caller_prefix")]
[JsonDerivedType(typeof(CallerList), "caller_list")]
[JsonDerivedType(typeof(AnonymousCaller), "anonymous_caller")]
[JsonDerivedType(typeof(NumberTag), "tag")]
[JsonDerivedType(typeof(FromCustomer), "customer")]
[JsonDerivedType(typeof(TimeOfWeek), "time")]
[JsonDerivedType(typeof(HoursCondition), "schedule")]
public abstract record Condition;

/// <summary>The call came to one of these own numbers.</summary>
/// <param name="Numbers">E.164.</param>
public sealed record CalledNumber(IReadOnlyList<string> Numbers) : Condition
{
    public bool Equals(CalledNumber? other) => other is not null && Lists.Same(Numbers, other.Numbers);

    public override int GetHashCode() => Lists.Hash(Numbers);
}

/// <summary>The caller's number begins with one of these.</summary>
/// <param name="Prefixes">A plus sign and 1 to 15 digits each.</param>
public sealed record CallerPrefix(IReadOnlyList<string> Prefixes) : Condition
{
    public bool Equals(CallerPrefix? other) => other is not null && Lists.Same(Prefixes, other.Prefixes);

    public override int GetHashCode() => Lists.Hash(Prefixes);
}

/// <param name="Callers">E.164.</param>
public sealed record CallerList(IReadOnlyList<string> Callers) : Condition
{
    public bool Equals(CallerList? other) => other is not null && Lists.Same(Callers, other.Callers);

    public override int GetHashCode() => Lists.Hash(Callers);
}

/// <summary>The caller shows no number.</summary>
public sealed record AnonymousCaller : Condition;

/// <summary>The number that was called carries the tag.</summary>
public sealed record NumberTag(string Tag) : Condition;

/// <summary>The caller is linked to a customer.</summary>
/// <param name="References">The customers meant; empty for any.</param>
public sealed record FromCustomer(IReadOnlyList<string> References) : Condition
{
    public bool Equals(FromCustomer? other) => other is not null && Lists.Same(References, other.References);

    public override int GetHashCode() => Lists.Hash(References);
}

/// <summary>The call comes within one of the ranges, by the clock on the wall: an hour that is repeated when summer
/// time ends counts both times.</summary>
/// <param name="Zone">IANA id.</param>
public sealed record TimeOfWeek(string Zone, IReadOnlyList<WeekRange> Ranges) : Condition
{
    public bool Equals(TimeOfWeek? other) =>
        other is not null && Zone == other.Zone && Lists.Same(Ranges, other.Ranges);

    public override int GetHashCode() => HashCode.Combine(Zone, Lists.Hash(Ranges));
}

/// <param name="FromMinute">First minute of the day in it, 0 to 1439.</param>
/// <param name="ToMinute">First minute that is out of it again: 1440 is midnight, more is the next day's
/// morning.</param>
public sealed record WeekRange(IsoDayOfWeek Day, int FromMinute, int ToMinute);

/// <param name="Schedule">Id of a schedule.</param>
public sealed record HoursCondition(string Schedule, HoursState State) : Condition;

public enum HoursState
{
    Open,
    Closed,

    /// <summary>A holiday decides, whether it is open or closed.</summary>
    Holiday,
}
