using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>What was ever decided of companies' configurations.</summary>
internal sealed class Configurations()
    : CommandFacts<ConfigurationHistory>(lengthMax: 100_000_000, typeof(ConfigurationFact))
{
    protected override ConfigurationHistory With(ConfigurationHistory? known, IReadOnlyList<Told> more) =>
        (known ?? ConfigurationHistory.Empty).With(more.Select(told => new RecordedChange(
            told.Sequence, told.Stream, (ConfigurationFact)told.Fact)));
}

/// <summary>Who ever belonged to companies, and which numbers they held.</summary>
internal sealed class CompanyHistories()
    : CommandFacts<CompanyHistory>(lengthMax: 20_000_000, typeof(MemberFact), typeof(NumberClaimed),
        typeof(NumberConfirmed))
{
    protected override CompanyHistory With(CompanyHistory? known, IReadOnlyList<Told> more) =>
        (known ?? CompanyHistory.Empty).With(more.Select(told => new RecordedFact(told.Sequence, told.Fact)));
}
