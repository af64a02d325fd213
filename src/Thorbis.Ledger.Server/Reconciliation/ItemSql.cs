using Thorbis.Ledger.Domain.Reconciliation;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>The statements that make the ledger's side of a match; part of <see cref="MatchSql"/>.</summary>
internal static class ItemSql
{
    /// <summary>An item's number is its call's times this, plus the leg's place; a message's is below zero.</summary>
    public const string Legs = "100000";

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

    /// <summary>Calls of one leg, whose row says all; calls of several, from their folded state; messages.</summary>
    /// <param name="calls">What to select calls from, and on which conditions; likewise messages.</param>
    /// <param name="byPart">Of each leg's cost some parts, or all of it.</param>
    /// <remarks>Parsing the state of every call would cost more than all else; only for parts it is done.</remarks>
    public static IReadOnlyList<string> Of(string calls, string messages, bool byPart) => byPart
        ? [ByLeg($"{calls} and c.legs > 0", CostOfParts), Messages(messages), "analyze item"]
        : [ByCall(calls), ByLeg($"{calls} and c.legs > 1", WholeCost), Messages(messages), "analyze item"];

    private static string ByCall(string calls) => $$"""
        insert into item
        select (row_number() over () + (select coalesce(max(item), 0) / {{Legs}} from item)) * {{Legs}} + 1, c.call_id,
               coalesce(nullif(split_part(split_part(left(c.state, 300), '"legId":"', 2), '"', 1), ''),
                 c.state::jsonb #>> '{legs,0,legId}'),
               null, 1, c.usage_at >= $2 and c.usage_at < $3, c.usage_at, c.direction = 'incoming',
               case c.direction when 'incoming' then c.party else c.number end,
               case c.direction when 'incoming' then c.number else c.party end,
               c.carrier_cost, c.carrier_currency, c.carrier_billed_seconds
        from {{calls}} and c.legs = 1
        """;

    private static string ByLeg(string calls, string cost) => $"""
        insert into item
        select c.place * {Legs} + told.place, c.call_id, told.leg ->> 'legId', null, c.legs,
               c.usage_at >= $2 and c.usage_at < $3 and cost.expected, (told.leg -> 'start' ->> 'at')::timestamptz,
               told.leg -> 'start' ->> 'direction' = 'incoming', told.leg -> 'start' ->> 'from',
               told.leg -> 'start' ->> 'to', cost.cost, cost.currency, cost.seconds
        from (
          select c.*, row_number() over () + (select coalesce(max(item), 0) / {Legs} from item) as place
          from {calls}) c
        cross join lateral jsonb_array_elements(c.state::jsonb -> 'legs') with ordinality as told(leg, place)
        cross join lateral ({cost}) as cost
        """;

    private static string Messages(string messages) => $"""
        insert into item
        select (select least(min(item), 0) from item) - row_number() over (), null, null, m.message_id, null,
               m.usage_at >= $2 and m.usage_at < $3, m.usage_at, m.direction = 'incoming',
               case m.direction when 'incoming' then m.party else m.number end,
               case m.direction when 'incoming' then m.number else m.party end, m.carrier_cost, m.carrier_currency, null
        from {messages}
        """;
}
