using Thorbis.Ledger.Server.Billing;
using Thorbis.Ledger.Server.Usage;

namespace Thorbis.Ledger.Server.Hosting;

/// <summary>How far the read models are; reading it beside them in one statement makes the two agree.</summary>
public static class ReadModelProgress
{
    /// <summary>The shard that writes calls, messages and usage.</summary>
    public const string Shard = $"{CommunicationsProjection.ProjectionName}:All";

    /// <summary>The sequence of the last fact in the read models, 0 before the first; a scalar subquery.</summary>
    public const string Sql =
        $"coalesce((select last_seq_id from ledger.mt_event_progression where name = '{Shard}'), 0)";

    /// <summary>The same of the cost ledger.</summary>
    public const string CostsSql = $"""
        coalesce((select last_seq_id from ledger.mt_event_progression
                  where name = '{CostsProjection.ProjectionName}:All'), 0)
        """;
}
