namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>
/// The statements of a match, in their order. Their tables are temporary: unlogged, seen by this transaction alone,
/// and gone with it, however it ends.
/// </summary>
/// <remarks>
/// What agrees is never written anywhere but in a temporary table. Every statement that reads tables of the ledger
/// has the company as <c>$1</c>: they run as the owner, whom no policy restricts.
/// </remarks>
internal static class MatchSql
{
    /// <summary>Places per call: an item's number is the call's times this, plus the leg's place.</summary>
    private const string Legs = "100000";

    /// <summary>The file. Memory is for the joins of a million rows; a larger file spills to disk.</summary>
    public const string Staged = """
        set local work_mem = '64MB';
        create temporary table staged (
          line int not null, kind smallint not null, key uuid not null, record_id text collate "C",
          leg_id text collate "C", control_id text collate "C", session_id text collate "C",
          message_id text collate "C", incoming boolean, from_party text, to_party text, at timestamptz, seconds int,
          cost numeric, currency text, unknown text
        ) on commit drop
        """;

    public const string Copy = "copy staged from stdin (format binary)";

    /// <summary>
    /// Of the same record told more than once, one stays: which one, its content decides and not its line, so that
    /// the order of a file does not matter.
    /// </summary>
    public const string Repeated = """
        analyze staged;
        create temporary table repeated (like staged) on commit drop;
        with told as (
          select line, row_number() over (partition by key order by cost desc nulls last, seconds desc nulls last, at,
            leg_id, control_id, session_id, from_party, to_party, line) as place
          from staged where key in (select key from staged group by key having count(*) > 1)),
        gone as (
          delete from staged using told where staged.line = told.line and told.place > 1 returning staged.*)
        insert into repeated select * from gone
        """;

    /// <summary>The ledger's side: one item a leg or message.</summary>
    public const string Items = """
        create temporary table item (
          item bigint not null, call_id text collate "C", leg_id text collate "C", message_id text collate "C",
          legs int, asked boolean not null, at timestamptz, incoming boolean, from_party text, to_party text,
          cost numeric, currency text, seconds bigint
        ) on commit drop
        """;

    /// <summary>Calls from <c>$4</c> to <c>$5</c>; missing at the carrier can be those from <c>$2</c> to <c>$3</c>.</summary>
    public const string CallsOfRange = $"""
        {CallItems} (
          select *, row_number() over () as place from ledger.call
          where tenant_id = $1 and usage_at >= $4 and usage_at < $5) c
        {LegsOfCall}
        """;

    public const string MessagesOfRange = $"""
        {MessageItems} ledger.message m where tenant_id = $1 and usage_at >= $4 and usage_at < $5
        """;

    /// <summary>Calls that records name and that are of other times.</summary>
    public const string CallsNamed = $"""
        {CallItems} (
          select c.*, row_number() over () + (select coalesce(max(item), 0) / {Legs} from item) as place
          from (
            select distinct call_id from (
              select session_id as call_id from staged where session_id is not null
              union all select l.session_id from staged s
                join intake.leg l on l.tenant_id = $1 and l.leg_id = s.leg_id where s.session_id is null
              union all select l.session_id from staged s
                join intake.leg l on l.tenant_id = $1 and l.control_id = s.control_id
                where s.session_id is null and s.leg_id is null) told
            where not exists (select from item i where i.call_id = told.call_id)) named
          join ledger.call c on c.tenant_id = $1 and c.call_id = named.call_id) c
        {LegsOfCall}
        """;

    public const string MessagesNamed = $"""
        {MessageItems} (
          select distinct message_id from staged s
          where message_id is not null and not exists (select from item i where i.message_id = s.message_id)) named
        join ledger.message m on m.tenant_id = $1 and m.message_id = named.message_id
        """;

    /// <summary>Which record is about which item. <c>$2</c>: kinds whose amounts the ledger's cost holds.</summary>
    public const string Links = $"""
        insert into link
        select s.line, i.item, false, {Told} from staged s
        join item i on i.call_id = s.session_id and i.leg_id = s.leg_id
        union all
        select s.line, i.item, false, {Told} from staged s
        join item i on i.leg_id = s.leg_id where s.session_id is null
        union all
        select s.line, i.item, i.legs > 1, {Told} from staged s
        join item i on i.call_id = s.session_id and i.item % {Legs} = 1
        where s.leg_id is null and s.control_id is null
        union all
        select s.line, i.item, false, {Told} from staged s join item i on i.message_id = s.message_id
        """;

    public const string LinkTable = """
        create temporary table link (
          line int not null, item bigint not null, whole boolean not null, priced boolean not null,
          kind smallint not null, seconds int, cost numeric, currency text
        ) on commit drop
        """;

    /// <summary>Records that name their leg by its control id, which the journal's owners know.</summary>
    public const string ControlLinks = $"""
        insert into link
        select s.line, i.item, false, {Told}
        from staged s
        join intake.leg l on l.tenant_id = $1 and l.control_id = s.control_id
        join item i on i.call_id = l.session_id and i.leg_id = l.leg_id
        where s.leg_id is null and (s.session_id is null or s.session_id = l.session_id)
        """;

    /// <summary>
    /// Records that name nothing: the item between the same parties that is nearest in time, at most 30 s away.
    /// </summary>
    public const string NamelessLinks = $"""
        insert into link
        select distinct on (s.line) s.line, i.item, false, {Told}
        from staged s
        cross join (values (-1), (0), (1)) beside(slot)
        join item i on i.from_party = s.from_party and i.to_party = s.to_party
          and floor(extract(epoch from i.at) / 30) = floor(extract(epoch from s.at) / 30) + beside.slot
          and i.at between s.at - interval '30 seconds' and s.at + interval '30 seconds'
          and (i.message_id is not null) = (s.kind = $3)
          and (s.incoming is null or s.incoming = i.incoming)
        where s.leg_id is null and s.control_id is null and s.session_id is null and s.message_id is null
        order by s.line, abs(extract(epoch from i.at - s.at)), i.call_id, i.leg_id, i.message_id
        """;

    private const string Told = "s.kind = any($2), s.kind, s.seconds, s.cost, s.currency";

    private const string CallItems = $"""
        insert into item
        select c.place * {Legs} + leg.place, c.call_id, leg.leg_id, null, c.legs,
               c.usage_at >= $2 and c.usage_at < $3, leg.at, leg.incoming, leg.from_party, leg.to_party, leg.cost,
               leg.currency, leg.seconds
        from
        """;

    private const string MessageItems = """
        insert into item
        select -(row_number() over ()), null, null, m.message_id, null, m.usage_at >= $2 and m.usage_at < $3,
               m.usage_at, m.direction = 'incoming', case m.direction when 'incoming' then m.party else m.number end,
               case m.direction when 'incoming' then m.number else m.party end, m.carrier_cost, m.carrier_currency, null
        from
        """;

    // A call's only leg is its row; parsing the state of each would cost more than all else.
    private const string LegsOfCall = """
        cross join lateral (
          select 1 as place,
                 coalesce(substring(left(c.state, 300) from '"legId":"([^"\\]*)"'), c.state::jsonb #>> '{legs,0,legId}')
                   as leg_id,
                 c.usage_at as at, c.direction = 'incoming' as incoming,
                 case c.direction when 'incoming' then c.party else c.number end as from_party,
                 case c.direction when 'incoming' then c.number else c.party end as to_party,
                 c.carrier_cost as cost, c.carrier_currency as currency, c.carrier_billed_seconds as seconds
          where c.legs = 1
          union all
          select told.place, told.leg ->> 'legId', (told.leg #>> '{start,at}')::timestamptz,
                 told.leg #>> '{start,direction}' = 'incoming', told.leg #>> '{start,from}',
                 told.leg #>> '{start,to}', (told.leg #>> '{cost,total,amount}')::numeric,
                 told.leg #>> '{cost,total,currency}', (told.leg #>> '{cost,billedSeconds}')::bigint
          from jsonb_array_elements(c.state::jsonb -> 'legs') with ordinality as told(leg, place)
          where c.legs > 1) leg
        """;
}
