namespace Thorbis.Ledger.Server.Configuration;

/// <summary>What is in force of one thing of the configuration at an instant.</summary>
public enum ConfigurationStatus
{
    /// <summary>Nothing yet.</summary>
    Pending,
    InForce,

    /// <summary>Nothing any more.</summary>
    Retired,
}
