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
        create temporary table verdict (
          item bigint not null, class text not null, ledger_cost numeric, ledger_currency text, ledger_seconds bigint,
          record_cost numeric, record_currency text, record_seconds bigint
        ) on commit drop;
        create temporary table item_total (
          class text not null, message boolean not null, currency text not null, items bigint not null,
          unpriced bigint not null, cost numeric not null
        ) on commit drop
        """;

    /// <summary>Every item's class: those that do not match are kept, all are counted.</summary>
    /// <remarks>
    /// A leg's seconds are the longest over the kinds that bill it, as in the carrier's own report; its cost is the
    /// sum. Where the amounts of a call's legs differ, but their sums do not, nobody is owed anything. <c>$1</c>,
    /// <c>$2</c>: calls, messages without a record are missing at the carrier. The order of the links spares the
    /// memory of a hash table of half a million sums.
    /// </remarks>
    /// <param name="kinds">Of the file's records.</param>
    public static string Verdicts(IReadOnlySet<RecordKind> kinds) => $"""
        with judged as materialized (
          select i.item, i.call_id, i.message_id is not null as message, i.cost as ledger_cost,
                 i.currency as ledger_currency, i.seconds as ledger_seconds, told.cost as record_cost,
                 told.low as record_currency, told.seconds as record_seconds, mixed, timely,
                 case when told.item is null then 'missing_at_carrier'
                      when mixed or told.cost <> i.cost then 'cost_differs'
                      when timely then 'duration_differs'
                      else 'matched' end as class
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
          where told.item is not null or (i.asked and case when i.message_id is null then $1 else $2 end)),
        even as (
          select call_id from judged where class = 'cost_differs' and not message group by 1
          having count(*) > 1 and sum(record_cost) = sum(ledger_cost) and not bool_or(mixed)),
        classed as not materialized (
          select judged.*, case when even.call_id is null then class
                                when timely then 'duration_differs'
                                else 'matched' end as settled
          from judged left join even on judged.class = 'cost_differs' and even.call_id = judged.call_id),
        kept as (
          insert into verdict
          select item, settled, ledger_cost, ledger_currency, ledger_seconds, record_cost, record_currency,
                 record_seconds
          from classed where class <> 'matched' and settled <> 'matched')
        insert into item_total
        select settled, message, coalesce(ledger_currency, ''), count(*), count(*) filter (where ledger_cost is null),
               coalesce(sum(ledger_cost), 0)
        from classed group by 1, 2, 3
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
    public const string ItemTotals =
        "select class, message, currency, items, unpriced, cost from item_total order by message, currency";

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
          union all
          select class, session_id, leg_id, message_id, from_party, to_party, null, null, null, null, {MatchSql.At},
                 seconds, cost, currency, ($3::text[])[kind], record_id, line::text, unknown
          from (
            select 'missing_here' as class, l.* from lone l
            union all select 'duplicate', r.* from repeated r) s) found
        """;
}
