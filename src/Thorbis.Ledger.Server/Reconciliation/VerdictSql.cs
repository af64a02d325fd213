namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>What the linked records come to, and the rows that are kept of it; follows <see cref="MatchSql"/>.</summary>
internal static class VerdictSql
{
    /// <summary>
    /// A record that names a call of several legs and none of them stands for the call: its legs are compared as one.
    /// </summary>
    public const string Whole = """
        create temporary table whole (call_no bigint primary key, item bigint not null) on commit drop;
        insert into whole select distinct item / 100000, item from link where whole and priced;
        analyze link;
        create temporary table verdict (
          unit bigint not null, message boolean not null, class text not null, mixed boolean not null,
          ledger_cost numeric, ledger_currency text, ledger_seconds bigint, record_cost numeric, record_currency text,
          record_seconds bigint
        ) on commit drop
        """;

    /// <summary>
    /// A leg's seconds are the longest over the kinds that bill it, as in the carrier's own report; its cost is the
    /// sum. <c>$1</c>, <c>$2</c>: calls, messages without a record are missing at the carrier.
    /// </summary>
    public const string Verdicts = """
        insert into verdict
        select ours.unit, ours.message,
               case when told.unit is null then 'missing_at_carrier'
                    when told.cost <> ours.cost or mixed then 'cost_differs'
                    when told.seconds <> ours.seconds then 'duration_differs'
                    else 'matched' end,
               mixed, ours.cost, ours.low, ours.seconds, told.cost, told.low, told.seconds
        from (
          select coalesce(w.item, i.item) as unit, bool_or(i.message_id is not null) as message,
                 bool_or(i.asked) as asked, sum(i.cost) as cost, sum(i.seconds) as seconds,
                 nullif(min(i.currency) filter (where i.cost <> 0), '') as low,
                 nullif(max(i.currency) filter (where i.cost <> 0), '') as high
          from item i left join whole w on w.call_no = i.item / 100000 group by 1) ours
        left join (
          select coalesce(w.item, l.item) as unit, sum(l.cost) as cost,
                 greatest(sum(l.seconds) filter (where l.kind = 1), sum(l.seconds) filter (where l.kind = 2),
                   sum(l.seconds) filter (where l.kind = 3), sum(l.seconds) filter (where l.kind = 4)) as seconds,
                 min(l.currency) filter (where l.cost <> 0) as low, max(l.currency) filter (where l.cost <> 0) as high
          from link l left join whole w on w.call_no = l.item / 100000 where l.priced group by 1) told
          on told.unit = ours.unit
        cross join lateral (select coalesce(
          least(told.low, ours.low) <> greatest(told.high, ours.high) and told.cost is not null
            and ours.cost is not null, false) as mixed) currency
        where told.unit is not null or (ours.asked and case when ours.message then $2 else $1 end)
        """;

    /// <summary>Where the amounts of a call's legs differ, but their sums do not, nobody is owed anything.</summary>
    public const string Even = """
        update verdict v
        set class = case when v.record_seconds <> v.ledger_seconds then 'duration_differs' else 'matched' end
        from (
          select unit / 100000 as call_no from verdict where class = 'cost_differs' and unit > 0
          group by 1 having count(*) > 1 and sum(record_cost) = sum(ledger_cost) and not bool_or(mixed)) even
        where v.unit / 100000 = even.call_no and v.unit > 0 and v.class = 'cost_differs'
        """;

    /// <summary>Class, kind, currency, number and sum of the file's records.</summary>
    public const string RecordTotals = """
        select class, kind, coalesce(currency, ''), count(*), coalesce(sum(cost), 0)
        from (
          select case when l.priced then v.class else 'matched' end as class, l.kind, l.currency, l.cost
          from link l
          left join whole w on w.call_no = l.item / 100000
          left join verdict v on v.unit = coalesce(w.item, l.item)
          union all
          select 'missing_here', kind, currency, cost from staged s
          where not exists (select from link l where l.line = s.line)
          union all
          select 'duplicate', kind, currency, cost from repeated) told
        group by 1, 2, 3 order by 2, 3
        """;

    /// <summary>Class, whether messages, currency, number, number without a cost, and sum of the ledger's items.</summary>
    public const string ItemTotals = """
        select class, message, coalesce(ledger_currency, ''), count(*), count(*) filter (where ledger_cost is null),
               coalesce(sum(ledger_cost), 0)
        from verdict group by 1, 2, 3 order by 2, 3
        """;

    /// <summary>One row per item that differs or is missing, one per record that is missing or repeated.</summary>
    /// <remarks><c>$1</c> company, <c>$2</c> reconciliation, <c>$3</c> words of the kinds, from 1 on.</remarks>
    public const string Differences = """
        insert into ledger.reconciliation_difference
        select $1, $2, row_number() over (order by coalesce(ledger_at, record_at), call_id, leg_id, message_id, lines),
               class, call_id, leg_id, message_id, from_party, to_party, ledger_at, ledger_seconds, ledger_cost,
               ledger_currency, record_at, record_seconds, record_cost, record_currency, kinds, ids, lines, unknown
        from (
          select v.class, i.call_id, case when w.item is null then i.leg_id end as leg_id, i.message_id, i.from_party,
                 i.to_party, i.at as ledger_at, v.ledger_seconds, v.ledger_cost, v.ledger_currency, t.at as record_at,
                 v.record_seconds, v.record_cost, v.record_currency, t.kinds, t.ids, t.lines, t.unknown
          from verdict v
          join item i on i.item = v.unit
          left join whole w on w.item = v.unit
          left join (
            select coalesce(w.item, l.item) as unit, min(s.at) as at,
                   string_agg(distinct ($3::text[])[s.kind], ';') as kinds,
                   string_agg(s.record_id, ';' order by s.line) as ids,
                   string_agg(s.line::text, ';' order by s.line) as lines,
                   (array_agg(s.unknown order by s.line) filter (where s.unknown is not null))[1] as unknown
            from link l
            left join whole w on w.call_no = l.item / 100000
            join staged s on s.line = l.line
            where l.priced and coalesce(w.item, l.item) in (select unit from verdict where class like '%differs')
            group by 1) t on t.unit = v.unit
          where v.class <> 'matched'
          union all
          select class, session_id, leg_id, message_id, from_party, to_party, null, null, null, null, at, seconds, cost,
                 currency, ($3::text[])[kind], record_id, line::text, unknown
          from (
            select 'missing_here' as class, s.* from staged s
            where not exists (select from link l where l.line = s.line)
            union all select 'duplicate', r.* from repeated r) lone) found
        """;
}
