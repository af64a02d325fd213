using System.ComponentModel;
using System.Security.Claims;
using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Configuration;

/// <summary>When a configuration is asked about, and what of it is taken for known.</summary>
public sealed record ConfigurationAsk
{
    [Description("An instant with its offset, from 1800 to 2499; now when left out.")]
    public string? At { get; init; }

    [Description("As it was known at this instant, with its offset: what was decided later does not count.")]
    public string? AsKnownAt { get; init; }

    [Description("As it was known at this place of the ledger. Not beside asKnownAt.")]
    public long? AsKnownSeq { get; init; }
}

/// <summary>A question of when that can be answered.</summary>
/// <param name="KnownAt">Only what was recorded by then counts; null for all.</param>
/// <param name="Sequence">Only what the ledger has up to there counts.</param>
internal sealed record ConfigurationMoment(Instant At, Instant? KnownAt, long Sequence)
{
    /// <returns>The question, of now where no instant is asked for; or a 422.</returns>
    public static (ConfigurationMoment? Moment, IResult? Problem) Of(ConfigurationAsk ask, Instant now) =>
        Of(ask.At, ask.AsKnownAt, ask.AsKnownSeq, "asKnownAt", "asKnownSeq", now);

    /// <param name="now">Null where an instant must be asked for.</param>
    /// <returns>The question, or a 422.</returns>
    public static (ConfigurationMoment? Moment, IResult? Problem) Of(
        string? askedAt, string? askedKnown, long? sequence, string knownField, string sequenceField,
        Instant? now = null, string atField = "at")
    {
        var (at, wrongAt) = Read(askedAt);
        var (known, wrongKnown) = Read(askedKnown);
        at ??= wrongAt is null ? now : null;
        return at is not { } instant ? Refused(atField, wrongAt ?? AskedTime.InstantExpected)
            : wrongKnown is not null ? Refused(knownField, wrongKnown)
            : known is not null && sequence is not null
                ? Refused(sequenceField, $"Not beside {knownField}: one of them.")
            : sequence < 0 ? Refused(sequenceField, "A place in the ledger is 0 or more.")
            : (new(instant, known, sequence ?? long.MaxValue), null);
    }

    /// <returns>Null for nothing asked, else the instant or what is wrong with it.</returns>
    private static (Instant? Instant, string? Wrong) Read(string? asked) =>
        string.IsNullOrEmpty(asked) ? (null, null)
        : AskedTime.ParseInstant(asked) is not { } instant ? (null, AskedTime.InstantExpected)
        : instant < Timetable.First || instant >= Timetable.End ? (null, "Only 1800 to 2499 can be asked for.")
        : (instant, null);

    private static (ConfigurationMoment?, IResult?) Refused(string field, string reason) =>
        (null, Problems.Invalid(field, reason));
}

/// <summary>Answers from a company's configuration.</summary>
internal sealed class ConfigurationReading(LedgerDatabase database, Configurations configurations, IClock clock)
{
    /// <param name="answer">From what was known, of the instant asked about.</param>
    /// <returns>A 422 where the question cannot be answered.</returns>
    public Task<IResult> AnswerAsync(
        ClaimsPrincipal user, ConfigurationAsk ask, Func<ConfigurationHistory, Instant, IResult> answer,
        CancellationToken stop) =>
        AnswerAsync(user, ask, (history, at) => Task.FromResult(answer(history, at)), stop);

    /// <summary>The same, where more has to be read for the answer.</summary>
    public async Task<IResult> AnswerAsync(
        ClaimsPrincipal user, ConfigurationAsk ask, Func<ConfigurationHistory, Instant, Task<IResult>> answer,
        CancellationToken stop)
    {
        var (moment, problem) = ConfigurationMoment.Of(ask, clock.GetCurrentInstant());
        if (moment is null)
        {
            return problem!;
        }
        var history = await ReadAsync(user, stop);
        return await answer(history.Known(moment.KnownAt, moment.Sequence), moment.At);
    }

    /// <summary>All of it.</summary>
    public Task<ConfigurationHistory> ReadAsync(ClaimsPrincipal user, CancellationToken stop)
    {
        var company = Actor.Of(user).Company;
        return database.ReadAsync(
            company, connection => configurations.ReadAsync(connection, company, stop), stop);
    }
}
