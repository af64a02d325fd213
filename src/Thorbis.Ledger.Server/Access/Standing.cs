using NodaTime;
using Thorbis.Ledger.Domain.Companies;

namespace Thorbis.Ledger.Server.Access;

/// <summary>What somebody is in one company.</summary>
/// <param name="Suspended">The company is closed by the operators: its members and keys are refused.</param>
public sealed record CompanyRole(string CompanyId, string Name, Role Role, bool Suspended);

/// <summary>What a user may be, now.</summary>
/// <param name="Companies">By company id.</param>
public sealed record UserStanding(bool IsOperator, IReadOnlyList<CompanyRole> Companies)
{
    public CompanyRole? In(string? company) => Companies.FirstOrDefault(known => known.CompanyId == company);

    /// <summary>The company asked for, if he belongs to it; without asking, the first that is not suspended.</summary>
    public CompanyRole? Choose(string? asked) =>
        asked is null ? Companies.OrderBy(known => known.Suspended).FirstOrDefault() : In(asked);
}

/// <summary>What an unrevoked API key may be, now.</summary>
public sealed record KeyStanding(
    Guid KeyId, string KeyName, CompanyRole Company, byte[] SecretHash, Instant? LastUsedAt);
