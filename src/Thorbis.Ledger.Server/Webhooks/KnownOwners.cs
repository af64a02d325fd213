using NodaTime;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>A dated, confirmed holding of a number.</summary>
public sealed record Holding(string Number, string Company, Instant From, Instant? Until)
{
    public bool Holds(Instant at) => From <= at && (Until is null || at < Until);
}

/// <summary>All that is known of owners when a batch is interpreted; grows as the batch decides legs.</summary>
public sealed class KnownOwners
{
    private readonly Dictionary<string, LegOwner> _byLeg = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LegOwner> _byControl = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LegOwner>> _bySession = new(StringComparer.Ordinal);
    private readonly ILookup<string, Holding> _holdings;
    private readonly Dictionary<(string Account, string Connection), string> _connections;
    private readonly Dictionary<string, string> _portings;
    private readonly ILookup<string, string> _served;

    public KnownOwners(
        IEnumerable<LegOwner> legs, IEnumerable<Holding> holdings, ILookup<string, string> servedByAccount,
        Dictionary<(string Account, string Connection), string> connections, Dictionary<string, string> portings)
    {
        _holdings = holdings.ToLookup(h => h.Number, StringComparer.Ordinal);
        (_served, _connections, _portings) = (servedByAccount, connections, portings);
        foreach (var leg in legs)
        {
            Add(leg);
        }
    }

    public void Add(LegOwner leg)
    {
        _byLeg[leg.LegId] = leg;
        if (leg.ControlId.Length > 0)
        {
            _byControl[leg.ControlId] = leg;
        }
        if (!_bySession.TryGetValue(leg.SessionId, out var session))
        {
            _bySession[leg.SessionId] = session = [];
        }
        session.Add(leg);
    }

    public LegOwner? Leg(Reading.LegReference leg) =>
        leg.LegId is not null ? _byLeg.GetValueOrDefault(leg.LegId)
        : leg.ControlId is not null ? _byControl.GetValueOrDefault(leg.ControlId)
        : leg.SessionId is not null && SessionCompany(leg.SessionId) is not null ? _bySession[leg.SessionId][0]
        : null;

    /// <summary>The company of a session, where exactly one is known.</summary>
    public string? SessionCompany(string session) =>
        _bySession.TryGetValue(session, out var legs) && legs.TrueForAll(l => l.Company == legs[0].Company)
            ? legs[0].Company
            : null;

    public string? OwnerAt(string? number, Instant at) =>
        number is null ? null : _holdings[number].FirstOrDefault(h => h.Holds(at))?.Company;

    public string? ConnectionCompany(string account, string? connection) =>
        connection is null ? null : _connections.GetValueOrDefault((account, connection));

    public string? PortingCompany(string order) => _portings.GetValueOrDefault(order);

    public bool Serves(string account, string company) => _served[account].Contains(company, StringComparer.Ordinal);

    /// <summary>The company of an account that serves one only.</summary>
    public string? OnlyCompanyOf(string account) =>
        _served[account].Take(2).ToArray() is [var only] ? only : null;
}
