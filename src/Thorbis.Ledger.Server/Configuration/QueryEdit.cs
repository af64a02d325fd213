using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>How a change is asked for that has no body.</summary>
public sealed record QueryEdit
{
    [Description("Why."), MaxLength(Change.ReasonLengthMax)]
    public string? Reason { get; init; }

    [Description("From when on it holds, with its offset; now when left out.")]
    public string? EffectiveAt { get; init; }

    /// <returns>A 422, or null with <paramref name="edit"/>.</returns>
    internal IResult? Refuse(int? version, out Edit edit)
    {
        var from = string.IsNullOrEmpty(EffectiveAt) ? null : AskedTime.ParseInstant(EffectiveAt);
        edit = new(Reason, from, version);
        return from is null && !string.IsNullOrEmpty(EffectiveAt)
            ? Problems.Invalid("effectiveAt", AskedTime.InstantExpected)
            : null;
    }
}
