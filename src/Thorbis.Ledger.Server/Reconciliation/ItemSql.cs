using Thorbis.Ledger.Domain.Reconciliation;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>The statements that make the ledger's side of a match; part of <see cref="MatchSql"/>.</summary>
internal static class ItemSql
{
    private const string WholeCost = """
        select (told.leg #>> '{cost,total,amount}')::numeric as cost, told.leg #>> '{cost,total,currency}' as currency,
               (told.leg #>> '{cost,billedSeconds}')::bigint as seconds, true as expected
        """;

    /// <summary>
    /// Of a leg's cost the parts <c>$6</c> that the file bills: nothing, where the carrier told of others alone; the
    /// whole, where it told of none. A leg that has no such part needs no record.
    /// </summary>
    private const string CostOfParts = $$"""
        select case when count(*) = 0 then (told.leg #>> '{cost,total,amount}')::numeric
                    when count(distinct currency) filter (where asked and amount <> 0) < 2
                    then coalesce(sum(amount) filter (where asked), 0) end as cost,
               coalesce(max(currency) filter (where asked and amount <> 0), max(currency) filter (where asked),
                 told.leg #>> '{cost,total,currency}') as currency,
               case when count(*) = 0 then (told.leg #>> '{cost,billedSeconds}')::bigint
                    else max(seconds) filter (where asked and part <> '{{RecordKinds.RecordingPart}}') end as seconds,
               case when count(*) = 0 then $6 <> array['{{RecordKinds.RecordingPart}}']
                    else coalesce(bool_or(asked), false) end as expected
        from (
          select part ->> 'part' as part, part ->> 'part' = any($6) as asked,
                 (part #>> '{cost,amount}')::numeric as amount, part #>> '{cost,currency}' as currency,
                 coalesce(part ->> 'billedSeconds', told.leg #>> '{cost,billedSeconds}')::bigint as seconds
          from jsonb_array_elements(told.leg #> '{cost,parts}') as part) as parts
        """;

    /// <summary>Calls of one leg, whose row says all; calls of several, from what it holds of them; messages.</summary>
    /// <param name="calls">What to select calls from, and on which conditions; likewise messages.</param>
    /// <param name="after">Items are numbered from the next number on.</param>
    /// <param name="byPart">Of each leg's cost some parts, or all of it.</param>
    /// <remarks>
    /// Parsing the state of every call would cost more than all else; only for parts it is done. <c>offset 0</c> has it
    /// parsed where it is read, on all cores, and only what was read of it come together.
    /// </remarks>
    public static string Of(string calls, string messages, string after, bool byPart) => $"""
        select {after} + row_number() over () as item, told.*
        from (
          {(byPart ? "" : $"({ByCall(calls)} offset 0) union all")}
          ({ByLeg(calls, byPart)} offset 0)
          union all ({Messages(messages)} offset 0)) told
        """;

    private static string ByCall(string calls) => $$"""
        select c.call_id, coalesce(
                 nullif(split_part(split_part(c.state, '"legId":"', 2), '"', 1), ''),
                 c.state::jsonb #>> '{legs,0,legId}') collate "C" as leg_id,
               null::text collate "C" as message_id, 1 as legs, 1::bigint as place,
               c.usage_at >= $2 and c.usage_at < $3 as asked, c.usage_at as at, c.direction = 'incoming' as incoming,
               (case c.direction when 'incoming' then c.party else c.number end) collate "C" as from_party,
               (case c.direction when 'incoming' then c.number else c.party end) collate "C" as to_party,
               c.carrier_cost as cost, c.carrier_currency collate "C" as currency, c.carrier_billed_seconds as seconds
        from {{calls}} and c.legs = 1
        """;

    private static string ByLeg(string calls, bool byPart) => $$"""
        select c.call_id, (told.leg ->> 'legId') collate "C" as leg_id, null::text collate "C" as message_id, c.legs,
               told.place, c.usage_at >= $2 and c.usage_at < $3 and cost.expected as asked,
               (told.leg #>> '{start,at}')::timestamptz as at,
               told.leg #>> '{start,direction}' = 'incoming' as incoming,
               (told.leg #>> '{start,from}') collate "C" as from_party,
               (told.leg #>> '{start,to}') collate "C" as to_party,
               cost.cost, cost.currency collate "C" as currency, cost.seconds
        from (select c.* from {{calls}} and c.legs > {{(byPart ? 0 : 1)}}) c
        cross join lateral jsonb_array_elements({{State(byPart)}} -> 'legs') with ordinality as told(leg, place)
        cross join lateral ({{(byPart ? CostOfParts : WholeCost)}}) as cost
        """;

    /// <summary>Beside the state stands all but the parts; calls folded long ago have the state alone.</summary>
    private static string State(bool byPart) => byPart ? "c.state::jsonb" : "coalesce(c.leg_bills, c.state)::jsonb";

    private static string Messages(string messages) => """
        select null::text collate "C" as call_id, null::text collate "C" as leg_id, m.message_id, null::int as legs,
               null::bigint as place, m.usage_at >= $2 and m.usage_at < $3 as asked, m.usage_at as at,
               m.direction = 'incoming' as incoming,
               (case m.direction when 'incoming' then m.party else m.number end) collate "C" as from_party,
               (case m.direction when 'incoming' then m.number else m.party end) collate "C" as to_party,
               m.carrier_cost as cost, m.carrier_currency collate "C" as currency, null::bigint as seconds
        from
        """ + ' ' + messages;
}
