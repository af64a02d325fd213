using System.Globalization;
using CsCheck;
using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Reconciliation;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Reconciliation;

public sealed class RecordReaderTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    private static readonly (string Column, string Cell)[] Trunk =
    [
        ("id", "r1"), ("record_type", "sip-trunking"), ("call_control_id", "v3:c1"), ("telnyx_session_id", "s1"),
        ("direction", "inbound"), ("cli", "+1512-737-6291"), ("cld", "+18008648331"),
        ("started_at", "2026-03-10T12:00:00.25Z"), ("billed_sec", "60"), ("cost", "1.666E-4"), ("currency", "USD"),
        ("hangup_cause", "NORMAL_CLEARING"), ("new_thing", "7"),
    ];

    [Theory, Table("""
        type                     ids                                      at          reads
        call-control             telnyx_leg_id=1;telnyx_session_id=2      started_at  CallControl leg=1 session=2
        sip-trunking             call_control_id=3;telnyx_session_id=2    started_at  SipTrunking control=3 session=2
        webrtc_detail_record     telnyx_call_control_id=3                 started_at  Webrtc control=3
        recording                telnyx_session_id=2                      started_at  Recording session=2
        speech-to-text           call_leg_id=1;call_session_id=2          start_time  SpeechToText leg=1 session=2
        tts                      call_leg_id=1;call_session_id=2          created_at  TextToSpeech leg=1 session=2
        amd_detail_record        call_leg_id=1;call_session_id=2          invoked_at  MachineDetection leg=1 session=2
        ai-voice-assistant       call_control_id=3;telnyx_leg_id=1        created_at  Assistant leg=1 control=3
        conference-participant   call_leg_id=1;call_session_id=2          joined_at   Conference leg=1 session=2
        message_detail_record    uuid=4;cli=5;cld=6                       created_at  Message message=4 from=5 to=6
        mdr_report               id=4;cld=6;cli=5                         created_at  Message message=4 from=5 to=6
        message                  id=4;from.phone_number=5                 created_at  Message message=4 from=5
        inference                conversation_id=7                        created_at  Inference
        media_storage            telnyx_leg_id=1                          created_at  Other leg=1
        -                        call_leg_id=1                            start_time  Voice leg=1
        -                        uuid=4                                   sent_at     Message message=4
        -                        Origination_Number=5;terminating number=6  start_timestamp_utc  Voice from=5 to=6
        """)]
    public void Every_known_layout_is_read_by_its_names(string? type, string ids, string at, string reads)
    {
        (string, string)[] row =
        [
            ("record_type", type ?? ""), .. ids.Split(';').Select(id => (id.Split('=')[0], id.Split('=')[1])),
            (at, "2026-03-10T12:00:00Z"), ("billed_sec", "60"), ("cost", "0.01"), ("currency", "USD"),
        ];

        var record = new RecordReader(Columns(row), NewYork, null).Read(Cells(row), out var bad);

        Assert.Empty(bad);
        Assert.Equal($"{reads} 60s 0.01 USD 2026-03-10T12:00:00Z", Words(record));
    }

    [Theory, Table("""
        column               written                      read
        started_at           2026-03-10T12:00:00.123456Z  2026-03-10T12:00:00.123456Z
        started_at           2026-03-10 12:00:00          2026-03-10T12:00:00Z          # No offset is UTC,
        start_timestamp_utc  2026-03-10 12:00:00          2026-03-10T12:00:00Z
        start_timestamp      2026-03-10 12:00:00          2026-03-10T16:00:00Z          # but of a report its zone:
        start_timestamp      2026-11-01 01:30:00          2026-11-01T05:30:00Z          # the earlier of two,
        start_timestamp      2026-11-01T01:30:00-05:00    2026-11-01T06:30:00Z
        start_timestamp      2026-03-08 02:30:00          -                             # and never one left out.
        created_at           2026-03-10T12:00:00+0530     2026-03-10T06:30:00Z
        created_at           2026-03-10T12:00:00.5 UTC    2026-03-10T12:00:00.5Z
        """)]
    public void Times_are_read_in_their_zone(string column, string written, string? read)
    {
        var row = new[] { ("call_leg_id", "l1"), ("cost", "0"), (column, written) };

        var record = new RecordReader(Columns(row), NewYork, null).Read(Cells(row), out var bad);

        Assert.Equal(read is null ? 1 : 0, bad.Count);
        Assert.Equal(read, record.At is { } at ? Text(at) : null);
    }

    [Theory, Table("""
        column      written      read
        cost        1.666E-4     0.0001666
        cost        7.0E-7       0.00000070
        cost        -0.05        -0.05
        cost        0.00500      0.00500
        billed_sec  17.000000    17s
        cld         15551234567  to=+15551234567    # Reports leave out the plus.
        cld         anonymous    to=anonymous
        cld         +1 (555) 123-4567  to=+15551234567
        """)]
    public void Numbers_keep_their_digits_and_parties_get_their_plus(string column, string written, string read)
    {
        var row = new[] { ("call_leg_id", "l1"), ("currency", "USD"), (column, written) };

        var record = new RecordReader(Columns(row), NewYork, null).Read(Cells(row), out var bad);

        Assert.Empty(bad);
        Assert.Contains(read, Words(record).Split(' '));
    }

    [Theory, Table("""
        column             cell                                  reason
        started_at         yesterday                             Expected a time
        started_at         2026-02-29T12:00:00Z                  Expected a time
        started_at         2026-03-10T12:00:00.Z                 Expected a time
        started_at         2026-03-10T12:00:00+19:00             Expected a time
        started_at         0001-01-01T00:00:00Z                  Expected a time
        billed_sec         -1                                    Expected whole seconds
        billed_sec         60.5                                  Expected whole seconds
        billed_sec         99999999999                           Expected whole seconds
        cost               0,002                                 Expected a number
        cost               NaN                                   Expected a number
        currency           US$                                   Expected an ISO 4217 code
        currency           Dollars                               Expected an ISO 4217 code
        """)]
    public void A_cell_that_cannot_be_taken_is_named_with_its_reason(string column, string cell, string reason)
    {
        var row = Trunk.Select(c => c.Column == column ? (column, cell) : c).ToArray();

        new RecordReader(Columns(row), NewYork, null).Read(Cells(row), out var bad);

        var only = Assert.Single(bad);
        Assert.Equal(column, only.Column);
        Assert.StartsWith(reason, only.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_bounded_and_hold_no_U0000()
    {
        foreach (var text in new[] { new string('x', 301), "a\0b" })
        {
            var row = Trunk.Select(c => c.Column == "telnyx_session_id" ? (c.Column, text) : c).ToArray();

            new RecordReader(Columns(row), NewYork, null).Read(Cells(row), out var bad);

            Assert.Equal("telnyx_session_id", Assert.Single(bad).Column);
        }
    }

    [Theory, Table("""
        cost    currency  query  taken
        0.01    -         -      no      # Money without a currency is none.
        0.01    -         USD    yes
        0       -         -      yes
        -       -         -      yes
        0.01    usd       -      yes
        """)]
    public void An_amount_has_a_currency_of_its_own_or_of_the_query(
        string? cost, string? currency, string? query, string taken)
    {
        var row = new[] { ("call_leg_id", "l1"), ("cost", cost ?? ""), ("currency", currency ?? "") };

        var record = new RecordReader(Columns(row), NewYork, query).Read(Cells(row), out var bad);

        Assert.Equal(taken == "yes", bad.Count == 0);
        Assert.Equal(taken == "yes" && cost == "0.01" ? "USD" : null, record.Currency);
    }

    [Theory, Table("""
        columns                                    refused
        call_leg_id,cost                           -
        telnyx_session_id,billed_sec               -
        cli,cld,started_at,cost                    -
        cli,cld,cost                               call_leg_id    # Parties alone name no call.
        call_leg_id,carrier                        cost
        call_leg_id,cost,Cost                      cost           # Which of the two?
        """)]
    public void A_file_needs_columns_that_name_and_bill(string columns, string? refused)
    {
        var names = columns.Split(',').Where(name => name.Length > 0).ToArray();

        Assert.Equal(refused is null ? [] : [refused], new RecordColumns(names).Check().Select(bad => bad.Column));
    }

    [Fact]
    public void A_column_without_a_name_and_too_many_columns_are_refused()
    {
        string[] some = ["call_leg_id", "cost"];
        var many = some.Concat(Enumerable.Range(0, RecordColumns.CountMax - 2).Select(i => $"c{i}")).ToArray();

        Assert.Equal("", Assert.Single(new RecordColumns([.. some, ""]).Check()).Column);
        Assert.Empty(new RecordColumns(many).Check());
        Assert.Equal("line", Assert.Single(new RecordColumns([.. many, "one more"]).Check()).Column);
    }

    [Fact]
    public void Columns_in_any_order_and_letter_case_read_the_same() =>
        Gen.Shuffle(Trunk).Select(Gen.Bool).Sample((row, upper) =>
        {
            var names = row.Select(c => upper ? c.Column.ToUpperInvariant() : c.Column).ToArray();
            var columns = new RecordColumns(names);
            var reader = new RecordReader(columns, NewYork, null);

            var record = reader.Read(Cells(row), out var bad);

            Assert.Empty(bad);
            Assert.Empty(columns.Check());
            Assert.Equal(
                "SipTrunking control=v3:c1 session=s1 from=+15127376291 to=+18008648331 60s 0.0001666 USD "
                + "2026-03-10T12:00:00.25Z",
                Words(record));
            var (name, cell) = Assert.Single(reader.Unknown(Cells(row))!);
            Assert.Equal(("new_thing", "7"), (name.ToLowerInvariant(), cell));
        });

    [Fact]
    public void The_same_record_has_the_same_key_and_another_has_another()
    {
        Guid Key(params (string, string)[] changed)
        {
            var row = Trunk.Select(c => changed.FirstOrDefault(o => o.Item1 == c.Column, c)).ToArray();
            return new RecordReader(Columns(row), NewYork, null).Read(Cells(row), out _).Key;
        }

        Assert.Equal(Key(), Key(("cost", "1"), ("mos", "4")));
        Assert.NotEqual(Key(), Key(("id", "r2")));
        Assert.NotEqual(Key(), Key(("record_type", "call-control")));
        // Each recipient of a group message has a record with the message's id.
        Assert.NotEqual(
            Key(("record_type", "messaging")), Key(("record_type", "messaging"), ("cld", "+18008648332")));
        // Without an id, rows are told apart by all they hold.
        Assert.Equal(Key(("id", "")), Key(("id", "")));
        Assert.NotEqual(Key(("id", "")), Key(("id", ""), ("billed_sec", "61")));
    }

    private static RecordColumns Columns((string Column, string Cell)[] row) => new([.. row.Select(c => c.Column)]);

    private static string[] Cells((string Column, string Cell)[] row) => [.. row.Select(c => c.Cell)];

    private static string Words(DetailRecord record) => string.Join(
        ' ', new[]
        {
            record.Kind.ToString(), Named("leg", record.LegId), Named("control", record.ControlId),
            Named("session", record.SessionId), Named("message", record.MessageId), Named("from", record.From),
            Named("to", record.To), record.BilledSeconds is { } seconds ? $"{seconds}s" : null,
            record.Cost?.ToString(CultureInfo.InvariantCulture), record.Currency,
            record.At is { } at ? Text(at) : null,
        }.Where(word => word is not null));

    private static string Text(Instant at) => InstantPattern.ExtendedIso.Format(at);

    private static string? Named(string name, string? value) => value is null ? null : $"{name}={value}";
}
