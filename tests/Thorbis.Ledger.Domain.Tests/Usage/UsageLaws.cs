using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Tests.Calls;
using Thorbis.Ledger.Domain.Tests.Messages;
using Thorbis.Ledger.Domain.Usage;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Usage;

using CallTold = (string Company, string CallId, CallFact Fact);
using MessageTold = (string Company, string MessageId, MessageFact Fact);

public sealed class UsageLaws
{
    private static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"];

    private static readonly Figure[] Figures = Enum.GetValues<Figure>();

    private static readonly string?[] Numbers = [null, "+12025550100", "+12025550101"];

    /// <summary>Midnight in one of the zones, about the end of summer time in Berlin.</summary>
    private static readonly Gen<Instant> Midnight = Gen.Select(Gen.OneOf(Zones), Gen.Int[0, 3], (zone, day) =>
        DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(new LocalDate(2026, 10, 24).PlusDays(day)).ToInstant());

    [Fact]
    public void Buckets_kept_fact_by_fact_equal_a_recount_in_every_zone() =>
        Traffic().Sample((calls, messages) =>
        {
            var buckets = new Buckets();
            Array.ForEach(calls, told => buckets.Take(told));
            Array.ForEach(messages, told => buckets.Take(told));
            Counted[] recount = [.. Recount.Calls(calls), .. Recount.Messages(messages)];
            foreach (var zone in Zones.Select(id => DateTimeZoneProviders.Tzdb[id]))
            {
                Array.ForEach(Numbers, number => Assert.Equal(
                    Text(Recount.ByDay(recount, "acme", number, zone)), Text(buckets.ByDay("acme", number, zone))));
            }
        });

    /// <summary>One line a day, of the figures that are not zero.</summary>
    private static string Text(IReadOnlyDictionary<LocalDate, IReadOnlyDictionary<Figure, long>> days) =>
        string.Join('\n', days.OrderBy(day => day.Key).Select(day => $"{day.Key:R} " + string.Join(' ', day.Value
            .Where(figure => figure.Value != 0).OrderBy(figure => figure.Key)
            .Select(figure => $"{figure.Key}={figure.Value}"))));

    /// <summary>A few calls and messages of two companies, every fact told twice, all mixed up.</summary>
    private static Gen<(CallTold[] Calls, MessageTold[] Messages)> Traffic() => Gen.Select(
        Mixed(Midnight.SelectMany(start => CallTraffic.Call(Near(start)))),
        Mixed(Midnight.SelectMany(start => MessageTraffic.Message(Near(start)))));

    /// <summary>The facts of one call are seconds apart, to the microsecond.</summary>
    private static Gen<Instant> Near(Instant start) => Gen.Long[-20_000_000, 20_000_000].Select(
        microsecond => start + Duration.FromTicks(microsecond * 10));

    private static Gen<(string, string, TFact)[]> Mixed<TFact>(Gen<TFact[]> facts) =>
        Gen.Select(Gen.OneOf("acme", "globex"), facts).Array[1, 5].SelectMany(streams => Gen.Shuffle(streams
            .SelectMany((stream, i) => stream.Item2.Select(fact => (stream.Item1, $"{i}", fact)))
            .SelectMany(told => new[] { told, told }).ToArray()));

    /// <summary>The read models in small: the latest view of each stream, and sums mended by each new one.</summary>
    private sealed class Buckets
    {
        private readonly Dictionary<(string, string), Call> _calls = [];
        private readonly Dictionary<(string, string), Message> _messages = [];
        private readonly Dictionary<(string, string, Instant), UsageFigures> _sums = [];

        public void Take(CallTold told)
        {
            var known = _calls.GetValueOrDefault((told.Company, told.CallId));
            var now = Call.Evolve(known, told.Fact);
            _calls[(told.Company, told.CallId)] = now;
            Add(told.Company, known is null ? null : Contribution.Of(known.ToView(told.CallId)), -1);
            Add(told.Company, Contribution.Of(now.ToView(told.CallId)), 1);
        }

        public void Take(MessageTold told)
        {
            var known = _messages.GetValueOrDefault((told.Company, told.MessageId));
            var now = Message.Evolve(known, told.Fact);
            _messages[(told.Company, told.MessageId)] = now;
            Add(told.Company, known is null ? null : Contribution.Of(known.ToView(told.MessageId)), -1);
            Add(told.Company, Contribution.Of(now.ToView(told.MessageId)), 1);
        }

        /// <summary>The days of a range that have any figure, each a sum of buckets.</summary>
        public Dictionary<LocalDate, IReadOnlyDictionary<Figure, long>> ByDay(
            string company, string? number, DateTimeZone zone)
        {
            var (first, last) = (new LocalDate(2026, 10, 23), new LocalDate(2026, 10, 30));
            var range = UsageRange.Of(
                zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(last).ToInstant(), zone, UsageStep.Day, out _)!;
            var days = range.Points.Select(_ => new UsageFigures()).ToList();
            foreach (var ((owner, of, bucket), figures) in _sums)
            {
                if (owner == company && of == (number ?? ""))
                {
                    days[range.IndexOf(bucket)].Add(figures);
                }
            }
            return days.Index().Where(day => Figures.Any(figure => day.Item[figure] != 0)).ToDictionary(
                day => first.PlusDays(day.Index),
                IReadOnlyDictionary<Figure, long> (day) =>
                    Figures.ToDictionary(figure => figure, figure => day.Item[figure]));
        }

        private void Add(string company, Contribution? contribution, int times)
        {
            foreach (var number in contribution?.Numbers.Append("") ?? [])
            {
                var key = (company, number, contribution!.Bucket);
                _sums.TryAdd(key, new UsageFigures());
                _sums[key].Add(contribution, times);
            }
        }
    }
}
