using System.Text.Json.Serialization;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>One object of the answer.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WhatIfProgress), "progress")]
[JsonDerivedType(typeof(WhatIfRow), "call")]
[JsonDerivedType(typeof(WhatIfSums), "totals")]
public abstract record WhatIfLine;

/// <param name="Of">Calls of the range.</param>
public sealed record WhatIfProgress(int Done, long Of) : WhatIfLine;

/// <param name="Old">Where it went, or goes now, in words; of what is not known it is assumed that nobody can take a
/// call.</param>
/// <param name="New">Where it would have gone.</param>
/// <param name="Because">What is not known and decides on it, in words.</param>
public sealed record WhatIfRow(
    string CallId, Instant At, Moved Moved, string Old, string New,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Because)
    : WhatIfLine;

/// <param name="NoRules">Of those that cannot be told, calls from before the company had rules.</param>
/// <param name="CannotTellBy">How many for want of each fact; a call may want several.</param>
/// <param name="Voicemail">Calls to a voicemail box at once, of those of which all is certain.</param>
/// <param name="AfterHours">Calls that a closed schedule decides on, of those of which all is certain.</param>
/// <param name="Talk">What the talks would have cost elsewhere.</param>
public sealed record WhatIfSums(
    int Calls, int Moved, int CannotTell, int NoRules, IReadOnlyDictionary<string, int> CannotTellBy,
    BeforeAfter Voicemail, BeforeAfter AfterHours, TalkSums Talk) : WhatIfLine
{
    internal static WhatIfSums Of(WhatIfTotals totals) => new(
        totals.Calls, totals.Moved, totals.CannotTell, totals.NoRules, Words(totals.CannotTellBy), totals.Voicemail,
        totals.AfterHours, new(
            totals.Priced,
            totals.Priced == 0 && totals.Unpriced.Count > 0 ? null : totals.Seconds / 60m,
            totals.Priced == 0 && totals.Unpriced.Count > 0 ? null
                : [.. totals.Amounts.Select(amount => new Money(amount.Value, amount.Key))],
            Words(totals.Unpriced)));

    private static Dictionary<string, int> Words<T>(IReadOnlyDictionary<T, int> counts)
        where T : struct, Enum => counts.ToDictionary(
            count => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(count.Key.ToString()),
            count => count.Value);
}

/// <param name="Calls">Moved calls of which it can be told, had the talk been as long.</param>
/// <param name="BillableMinutes">Of legs to who is rung, more or less; null when it cannot be told of any.</param>
/// <param name="Cost">By the deck, more or less, by currency; null when it cannot be told of any.</param>
/// <param name="Untold">How many it cannot be told of, by reason.</param>
public sealed record TalkSums(
    int Calls, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] decimal? BillableMinutes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] IReadOnlyList<Money>? Cost,
    IReadOnlyDictionary<string, int> Untold);
