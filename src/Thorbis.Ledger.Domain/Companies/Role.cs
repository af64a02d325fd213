namespace Thorbis.Ledger.Domain.Companies;

/// <summary>What a member, or an API key, may do in its company.</summary>
public enum Role
{
    Owner,
    Admin,
    Manager,
    Member,
    Billing,
    Auditor,
}
