namespace Thorbis.Ledger.Simulator.Api;

/// <summary>The operator that every ledger in development knows.</summary>
public static class DevelopmentOperator
{
    public const string Email = "operator@example.com";
    public const string Password = "development-operator";
}
