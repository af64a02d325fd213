using NodaTime;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Routing;

/// <summary>The stored form is typed by a kind, and permanent.</summary>
public sealed class RoutingJsonTests
{
    private static readonly Rule Full = Desk.Rule(
        1,
        new RoundRobin(["ann", "bob"]),
        new CalledNumber([Desk.Sales]), new CallerPrefix(["+49"]), new CallerList([Desk.Caller]), new AnonymousCaller(),
        new NumberTag("vip"), new FromCustomer(["c-7"]), new TimeOfWeek("UTC", [new(IsoDayOfWeek.Friday, 540, 1440)]),
        new HoursCondition("office", HoursState.Holiday)) with
    {
        Ring = new(20, CallRecording.Dual),
        Fallback = Desk.Box,
        Notice = new(["ann"], true, false, true),
    };

    [Fact]
    public void A_rule_is_stored_by_kinds() => Assert.Equal(
        """
        {"id":"00000001-0000-0000-0000-000000000000","name":"R1","enabled":true,"when":[
        {"kind":"called_number","numbers":["+12025550100"]},
        {"kind":"caller_prefix","prefixes":["+49"]},
        {"kind":"caller_list","callers":["+4930123456"]},
        {"kind":"anonymous_caller"},
        {"kind":"tag","tag":"vip"},
        {"kind":"customer","references":["c-7"]},
        {"kind":"time","zone":"UTC","ranges":[{"day":"friday","fromMinute":540,"toMinute":1440}]},
        {"kind":"schedule","schedule":"office","state":"holiday"}],
        "then":{"kind":"round_robin","members":["ann","bob"]},
        "ring":{"seconds":20,"recording":"dual"},
        "fallback":{"kind":"voicemail","mailbox":"box"},
        "notice":{"members":["ann"],"byEmail":true,"byText":false,"withTranscript":true}}
        """.ReplaceLineEndings(""),
        LedgerJson.Write(Full).Replace("\\u002B", "+", StringComparison.Ordinal));

    [Fact]
    public void Every_kind_is_read_as_it_was_written()
    {
        RuleAction[] actions =
        [
            new Direct(new ToNumber("+4930123")), new RoundRobin(["ann"]), new Simultaneous(["ann", "bob"]),
            new PlayMenu("main"), new BusinessHours("office", new ToQueue("line")), new JoinQueue("line"),
        ];

        Assert.Equal(Full, LedgerJson.Reload(Full));
        Assert.All(actions, action => Assert.Equal(action, LedgerJson.Reload(action)));
        Assert.Equal(Desk.Line, LedgerJson.Reload(Desk.Line));
        Assert.Equal(Desk.Main, LedgerJson.Reload(Desk.Main));
    }

    [Fact]
    public void A_fact_is_stored_with_both_times_and_who_did_it()
    {
        var fact = new RuleMoved(Desk.Id(1), null)
        {
            OccurredAt = Desk.Now,
            EffectiveAt = Desk.Now + Duration.FromHours(1),
            By = "user:mia",
            Reason = "spring",
            Address = "203.0.113.7",
        };

        Assert.Equal(fact, LedgerJson.Reload(fact));
        Assert.Contains("\"effectiveAt\":\"2026-03-10T18:05:00Z\"", LedgerJson.Write(fact), StringComparison.Ordinal);
    }
}
