using Xunit;

namespace Thorbis.Ledger.Server.Tests.Faults;

[CollectionDefinition]
public sealed class StrainedLedgerTests : ICollectionFixture<StrainedLedger>;

/// <summary>A ledger with next to no room and no patience: a queue of one, one writer, a second for a body.</summary>
public sealed class StrainedLedger : LedgerHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Intake:QueueLength"] = "1",
        ["Intake:Writers"] = "1",
        ["Intake:BodyTimeout"] = "00:00:01",
    };
}
