using Thorbis.Ledger.Domain.Reconciliation;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>What the linked records come to, and the rows kept of it; follows <see cref="MatchSql"/>.</summary>
internal static class VerdictSql
{
    /// <summary>
    /// A record that names a call of several legs and none of them stands for the call: its legs become one item.
    /// </summary>
    public const string Whole = """
        create temporary table whole (call_id text collate "C" primary key, item bigint not null) on commit drop;
        insert into whole
        select i.call_id, i.item from (select distinct item from link where whole and priced) l
        join item i on i.item = l.item;
        update link l set item = w.item from item i join whole w on w.call_id = i.call_id
        where l.item = i.item and l.item <> w.item;
        with leg as (delete from item i using whole w where i.call_id = w.call_id returning i.*, w.item as first)
        insert into item
        select first, call_id, null, null, min(legs), 1, bool_or(asked), min(at), bool_or(incoming),
               (array_agg(from_party order by place))[1], (array_agg(to_party order by place))[1],
               case when count(distinct currency) filter (where cost <> 0) < 2 then sum(cost) end,
               coalesce(max(currency) filter (where cost <> 0), max(currency)), sum(seconds)
        from leg group by call_id, first;
        create temporary table finding (
          item bigint, class text, timely boolean, mixed boolean, call_id text collate "C", ledger_cost numeric,
          ledger_currency text, ledger_seconds bigint, record_cost numeric, record_currency text, record_seconds bigint
        ) on commit drop;
        create temporary table verdict (
          like finding, message boolean not null, currency text not null, items bigint not null,
          unpriced bigint not null, cost numeric not null
        ) on commit drop
        """;

    /// <summary>One row for every item that does not match, and for all that do one per sum; without a class.</summary>
    /// <remarks>
    /// A leg's seconds are the longest over the kinds that bill it, as in the carrier's own report; its cost is the
    /// sum. <c>$1</c>, <c>$2</c>: calls, messages without a record are missing at the carrier. The order of the links
    /// spares the memory of a hash table of half a million sums; to group by what was found, which of most items is
    /// nothing, spares writing them all down to read them again.
    /// </remarks>
    /// <param name="kinds">Of the file's records.</param>
    public static string Verdicts(IReadOnlySet<RecordKind> kinds) => $"""
        insert into verdict
        select (found).*, i.message_id is not null, coalesce(i.currency, ''), count(*), count(*) - count(i.cost),
               coalesce(sum(i.cost), 0)
        from item i
        left join (
          select item, sum(cost) as cost, {Seconds(kinds)} as seconds,
                 min(currency) filter (where cost <> 0) as low, max(currency) filter (where cost <> 0) as high
          from (select * from link where priced order by item) link group by 1) told on told.item = i.item
        cross join lateral (select nullif(case when i.cost <> 0 then i.currency end, '') as currency) ours
        cross join lateral (
          select coalesce(told.seconds <> i.seconds, false) as timely,
                 case when told.low = i.currency and told.high = i.currency then false
                      else coalesce(least(told.low, ours.currency) <> greatest(told.high, ours.currency)
                        and told.cost is not null and i.cost is not null, false) end as mixed) both_sides
        cross join lateral (
          select case when told.item is null then 'missing_at_carrier'
                      when mixed or told.cost <> i.cost then 'cost_differs'
                      when timely then 'duration_differs' end as class) judged
        cross join lateral (
          select case when class is not null then row(
            i.item, class, timely, mixed, i.call_id, i.cost, i.currency, i.seconds, told.cost, told.low, told.seconds
          )::finding end as found) kept
        where told.item is not null or (i.asked and case when i.message_id is null then $1 else $2 end)
        group by found, i.message_id is not null, i.currency
        """;

    /// <summary>
    /// Where the amounts of a call's legs differ, but their sums do not, nobody is owed anything.
    /// </summary>
    public const string Even = """
        update verdict v set class = case when timely then 'duration_differs' end
        from (
          select call_id from verdict where class = 'cost_differs' and not message group by 1
          having count(*) > 1 and sum(record_cost) = sum(ledger_cost) and not bool_or(mixed)) even
        where v.class = 'cost_differs' and v.call_id = even.call_id;
        analyze verdict
        """;

    private static string Seconds(IReadOnlySet<RecordKind> kinds)
    {
        var timed = RecordKinds.Timed.Where(kinds.Contains)
            .Select(kind => $"sum(seconds) filter (where kind = {(int)kind})").DefaultIfEmpty("null::bigint");
        return $"greatest({string.Join(", ", timed)})";
    }

    /// <summary>Class, kind, currency, number and sum of the file's records.</summary>
    public const string RecordTotals = """
        select class, kind, coalesce(currency, ''), count(*), coalesce(sum(cost), 0)
        from (
          select case when l.priced then coalesce(v.class, 'matched') else 'matched' end as class, l.kind, l.currency,
                 l.cost
          from link l left join verdict v on v.item = l.item
          union all select 'missing_here', kind, currency, cost from lone
          union all select 'duplicate', kind, currency, cost from repeated) told
        group by 1, 2, 3 order by 2, 3
        """;

    /// <summary>Class, whether messages, currency, number, number without a cost, sum of the ledger's items.</summary>
    public const string ItemTotals = """
        select coalesce(class, 'matched'), message, currency, sum(items)::bigint, sum(unpriced)::bigint, sum(cost)
        from verdict group by 1, 2, 3 order by 2, 3
        """;

    /// <summary>One row per item that differs or is missing, one per record that is missing or repeated.</summary>
    /// <remarks><c>$1</c> company, <c>$2</c> reconciliation, <c>$3</c> words of the kinds, from 1 on.</remarks>
    public const string Differences = $"""
        insert into ledger.reconciliation_difference
        select $1, $2, row_number() over (order by coalesce(ledger_at, record_at), call_id, leg_id, message_id, lines),
               class, call_id, leg_id, message_id, from_party, to_party, ledger_at, ledger_seconds, ledger_cost,
               ledger_currency, record_at, record_seconds, record_cost, record_currency, kinds, ids, lines, unknown
        from (
          select v.class, i.call_id, i.leg_id, i.message_id, i.from_party, i.to_party, i.at as ledger_at,
                 v.ledger_seconds, v.ledger_cost, v.ledger_currency, t.at as record_at, v.record_seconds,
                 v.record_cost, v.record_currency, t.kinds, t.ids, t.lines, t.unknown
          from verdict v
          join item i on i.item = v.item
          left join (
            select l.item, min({MatchSql.At}) as at, string_agg(distinct ($3::text[])[s.kind], ';') as kinds,
                   string_agg(s.record_id, ';' order by s.line) as ids,
                   string_agg(s.line::text, ';' order by s.line) as lines,
                   (array_agg(s.unknown order by s.line) filter (where s.unknown is not null))[1] as unknown
            from (select item from verdict where class in ('cost_differs', 'duration_differs')) v
            join link l on l.item = v.item and l.priced
            join staged s on s.line = l.line
            group by 1) t on t.item = v.item
          where v.class is not null
          union all
          select class, session_id, leg_id, message_id, from_party, to_party, null, null, null, null, {MatchSql.At},
                 seconds, cost, currency, ($3::text[])[kind], record_id, line::text, unknown
          from (
            select 'missing_here' as class, l.* from lone l
            union all select 'duplicate', r.* from repeated r) s) found
        """;
}
