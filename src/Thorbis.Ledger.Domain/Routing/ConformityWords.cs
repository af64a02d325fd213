namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Why a call differs from its decision, or cannot be told, in a sentence.</summary>
public static class ConformityWords
{
    /// <param name="words">Of the configuration that was decided with.</param>
    /// <returns>Null where it agrees.</returns>
    public static string? Of(Conformity conformity, TraceWords words) => conformity.Cause switch
    {
        null => null,
        ConformityCause.AnsweredElsewhere => "Somebody talked to the caller whom the rules do not send the call to.",
        ConformityCause.RangElsewhere => "Other phones rang than those that the rules send the call to.",
        ConformityCause.EndedOtherwise => "It ended in another way than the rules say.",
        ConformityCause.ConfigurationChanged =>
            $"What came into force at {conformity.ChangedAt}, during the call, sends it where it went.",
        ConformityCause.NoRules => "The company had no rules yet.",
        ConformityCause.NotEnded => "The call goes on, or its end is not known.",
        ConformityCause.CallerLeft => "The caller gave up before it could be seen where the call goes.",
        ConformityCause.NotRecorded => "The legs do not show where it went.",
        ConformityCause.PhonesUnknown => "Where a member's phone rings was never said.",
        ConformityCause.KeysUnknown => "What was pressed in a menu was not recorded.",
        _ => "It depends on "
            + string.Join(", and on ", (conformity.Because ?? []).Select(words.Of).Distinct()) + ".",
    };
}
