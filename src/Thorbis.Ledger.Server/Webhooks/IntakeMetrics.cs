using System.Diagnostics.Metrics;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>What operators watch of the intake; meter <c>Thorbis.Ledger</c>.</summary>
public sealed class IntakeMetrics : IDisposable
{
    public const string MeterName = "Thorbis.Ledger";
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _accepted, _redelivered, _refused, _interpreted, _failed;

    public IntakeMetrics()
    {
        _accepted = _meter.CreateCounter<long>("ledger.intake.accepted", "webhooks", "Committed to the journal.");
        _redelivered = _meter.CreateCounter<long>("ledger.intake.redelivered", "webhooks", "Seen before by event id.");
        _refused = _meter.CreateCounter<long>("ledger.intake.refused", "requests",
            "Answered other than 200, by reason.");
        _interpreted = _meter.CreateCounter<long>("ledger.interpret.done", "webhooks", "Interpreted or kept.");
        _failed = _meter.CreateCounter<long>("ledger.interpret.failed", "webhooks", "Set aside with their error.");
    }

    public void Accepted(int count) => _accepted.Add(count);

    public void Redelivered(int count) => _redelivered.Add(count);

    /// <param name="reason">One of a few fixed words, so that a hostile sender cannot grow the series.</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Interpreted(int count) => _interpreted.Add(count);

    public void Failed(int count) => _failed.Add(count);

    public void Dispose() => _meter.Dispose();
}
