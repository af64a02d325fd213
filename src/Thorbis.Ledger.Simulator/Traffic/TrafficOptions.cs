using NodaTime;

namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>Which communications the model plays.</summary>
public enum TrafficMix
{
    /// <summary>Calls, messages, and now and then orders, unknown event types and unknown numbers.</summary>
    Everything,

    /// <summary>Calls and messages of registered numbers only: all of it ends up interpreted.</summary>
    Communications,

    /// <summary>Calls of registered numbers only.</summary>
    Calls,

    /// <summary>Messages of registered numbers only.</summary>
    Messages,
}

/// <summary>What to play. Equal options give equal webhooks, to the byte and in the same order.</summary>
public sealed record TrafficOptions
{
    public required ulong Seed { get; init; }

    public required IReadOnlyList<SimulatedCompany> Companies { get; init; }

    /// <summary>No communication begins earlier.</summary>
    public required Instant From { get; init; }

    /// <summary>No communication begins later; one that has begun may end up to half an hour after it.</summary>
    public required Instant Until { get; init; }

    /// <summary>Exactly so many are yielded, redeliveries included; the last communication may be cut short.</summary>
    public required long Webhooks { get; init; }

    public TrafficMix Mix { get; init; } = TrafficMix.Everything;

    /// <summary>Part of the webhooks that come a second time, 0 to 1.</summary>
    public double RedeliveredShare { get; init; } = 0.02;

    /// <summary>Part of the communications whose webhooks come in random order, 0 to 1.</summary>
    public double DisorderedShare { get; init; } = 0.1;

    /// <summary>How far a webhook of a disordered communication may be late.</summary>
    public Duration DisorderWindow { get; init; } = Duration.FromSeconds(90);

    /// <summary>The same rate at every hour, instead of business hours in each company's zone.</summary>
    public bool Flat { get; init; }

    /// <summary>Each event once and in the order of occurrence, for measurements.</summary>
    public TrafficOptions Distinct() => this with { RedeliveredShare = 0, DisorderedShare = 0 };
}
