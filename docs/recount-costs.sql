-- Costs counted once more, from the facts alone and without a line of the ledger's code: what docs/costs.md says, in
-- SQL. Every row that the last statement answers is a disagreement; none: every charge and every sum agrees.
--
--     PGOPTIONS='-c default_transaction_isolation=repeatable\ read' \
--       psql "$OWNER" --single-transaction --file docs/recount-costs.sql
--
-- Read-only but for temporary tables, as the owner, on Postgres 15+. In one snapshot it may run while webhooks come in:
-- facts that the projection "costs" has not read yet do not count.
-- What it does not do again: countries (sums are compared without them), number types beyond the North American
-- toll-free codes (all other numbers are "local"), and the choice between two tellings of one instant that differ.

create function pg_temp.e164(told text) returns text language sql immutable as $$
  select case when compact ~ '^\+[1-9][0-9]{4,14}$' then compact end
  from (select case when told ~* '^sip:' then split_part(substr(told, 5), '@', 1) else told end as bare) as written,
       lateral (select case when starts_with(bare, '+') then translate(bare, ' -.()', '') end as compact) as cleaned
$$;

create function pg_temp.number_type(number text) returns text language sql immutable as $$
  select case when number ~ '^\+18(00|33|44|55|66|77|88)' then 'toll_free' else 'local' end
$$;

-- parts / whole, to so many decimals: the places below it, and by the rest one more or not.
create function pg_temp.rounded(parts numeric, whole int, decimals int, mode text)
  returns numeric language sql immutable as $$
  select ('1e-' || decimals)::numeric * (places + case
    when rest = 0 or mode = 'down' then 0
    when mode = 'up' or rest * 2 > whole then 1
    when rest * 2 = whole and (mode = 'halfUp' or mod(places, 2) = 1) then 1
    else 0 end)
  from (select parts * ('1e' || decimals)::numeric as scaled) as s,
       lateral (select div(scaled, whole) as places, mod(scaled, whole) as rest) as divided
$$;

create temporary view fact as
select * from ledger.mt_events
where seq_id <= (select last_seq_id from ledger.mt_event_progression where name = 'costs:All');

-- Of each webhook's facts of a kind the highest revision, with the place at which the first of them stood.
create temporary table told as
select distinct on (tenant_id, stream_id, webhook, type)
       tenant_id, stream_id as stream, type, data, data ->> 'legId' as leg, (data ->> 'occurredAt')::timestamptz as at,
       min(seq_id) over (partition by tenant_id, stream_id, webhook, type) as seq
from (select *, coalesce(causation_id, id::text) as webhook from fact
      where starts_with(stream_id, 'call/') or starts_with(stream_id, 'message/')) as facts
order by tenant_id, stream_id, webhook, type, coalesce((data ->> 'revision')::int, 0) desc;
create index on told (tenant_id, stream);

-- The decks: version 0 is what every deck of every company begins with.
create temporary table version as
select tenant_id, split_part(stream_id, '/', 2) as deck, (data ->> 'version')::int as version, seq_id as seq,
       (data ->> 'activeFrom')::timestamptz as active_from, data ->> 'currency' as currency,
       (data #>> '{rounding,decimals}')::int as decimals, data #>> '{rounding,mode}' as mode
from fact where type = 'deck_version_published'
union all select company_id, 'default', 0, 0, '-infinity', 'USD', 8, 'halfEven' from platform.company;

create temporary table rate as
select tenant_id, split_part(stream_id, '/', 2) as deck, (data ->> 'version')::int as version,
       lower(regexp_replace(r.service, '([A-Z])', '_\1', 'g')) as service, r.unit, r.price, r.prefix,
       r."numberType" as number_type, r."firstIncrement" as first_increment, r.increment, r.minimum,
       r."connectFee" as connect_fee
from fact,
     jsonb_to_recordset(data -> 'rows') as r(
       service text, unit text, price numeric, prefix text, "numberType" text, "firstIncrement" int, increment int,
       minimum int, "connectFee" numeric)
where type = 'deck_version_published'
union all
select company_id, 'default', 0, service, unit, price, null, number_type, 60, 60, 0, 0
from platform.company, (values
  ('call_in', 'minute', 0.012, null), ('call_out', 'minute', 0.012, null), ('sms_in', 'part', 0, null),
  ('sms_out', 'part', 0.0075, null), ('transcription', 'item', 0.05, null), ('number_month', 'month', 1.00, 'local'),
  ('number_month', 'month', 2.00, 'toll_free')) as first(service, unit, price, number_type);
create index on rate (tenant_id, deck, version, service, unit);

-- Ranges that were priced anew.
create temporary table rerated as
select tenant_id, seq_id as seq, (data ->> 'from')::timestamptz as since, (data ->> 'to')::timestamptz as til,
       data ->> 'underDeckId' as under, (data ->> 'version')::int as version
from fact where type = 'range_rerated';

-- The version that prices what was used at one instant and answered at another: as the ledger knew the deck at a place,
-- or as the last re-rating up to another place has it.
create function pg_temp.version_at(company text, used timestamptz, instant timestamptz, known bigint, rerated_by bigint)
  returns setof version language sql stable as $$
  select version.*
  from version left join lateral (
    select * from rerated where rerated.tenant_id = company and seq <= rerated_by and since <= used and used < til
    order by seq desc limit 1) as again on true
  where version.tenant_id = company and (version.version = 0 or version.deck = coalesce(again.under, 'default'))
    and case when again.version is not null then version.version = again.version
        else active_from <= instant and version.seq <= case
          when again.seq is null then known when again.under = 'default' then greatest(known, again.seq)
          else again.seq end end
  order by active_from desc, version.version desc limit 1
$$;

create function pg_temp.sells(
  company text, used timestamptz, instant timestamptz, known bigint, what text, by text)
  returns boolean language sql stable as $$
  select exists (
    select from pg_temp.version_at(company, used, instant, known, known) as force join rate using (deck, version)
    where rate.tenant_id = company and service = what and unit = by)
$$;

-- Legs: the earliest start, answer and hang-up; the latest cost that tells an amount, else the latest.
create temporary table leg as
with first as (
  select tenant_id, stream, leg, min(at) filter (where type = 'call_answered') as answered_at,
         min(at) filter (where type = 'call_hung_up') as hung_up_at,
         min(seq) filter (where type = 'call_initiated') as start_seq,
         min(seq) filter (where type = 'call_hung_up' or type = 'call_cost_reported') as end_seq,
         min(seq) filter (where type = 'call_answered' or (data ->> 'billedSeconds')::numeric between 1 and 2147483647)
           as billable_seq
  from told where starts_with(stream, 'call/') group by 1, 2, 3),
start as (
  select distinct on (tenant_id, stream, leg) tenant_id, stream, leg, at as start_at, data ->> 'direction' as direction,
         data ->> 'from' as from_party, data ->> 'to' as to_party, data ->> 'ownNumber' as own
  from told where type = 'call_initiated' order by tenant_id, stream, leg, at),
cost as (
  select distinct on (tenant_id, stream, leg) tenant_id, stream, leg, at as cost_at, data as cost,
         case when (data ->> 'billedSeconds')::numeric between 0 and 2147483647
              then (data ->> 'billedSeconds')::bigint end as billed
  from told where type = 'call_cost_reported'
  order by tenant_id, stream, leg, data -> 'total' is null, at desc)
select *, case direction when 'incoming' then from_party else to_party end as party,
       coalesce(hung_up_at, least(answered_at + billed * interval '1 second', cost_at)) as ended_at,
       case when start_at is null then 'call'
            when case direction when 'incoming' then from_party else to_party end ~* '^sip:'
              and pg_temp.e164(case direction when 'incoming' then from_party else to_party end) is null
            then 'client_leg'
            when direction = 'incoming' then 'call_in' else 'call_out' end as service
from first left join start using (tenant_id, stream, leg) left join cost using (tenant_id, stream, leg);

create temporary table call as
select tenant_id, stream, coalesce(min(start_at), (
         select min(at) from told where told.tenant_id = leg.tenant_id and told.stream = leg.stream)) as usage_at,
       (array_agg(own order by start_at, leg collate "C") filter (where own is not null))[1] as number,
       (array_agg(party order by start_at, leg collate "C") filter (where start_at is not null))[1] as called
from leg group by 1, 2;

-- Messages: the furthest report says what it is, every report who got it, the latest that tells an amount what it cost.
create temporary table message as
with report as (
  select tenant_id, stream, at, seq, type, data -> 'report' as r from told where starts_with(stream, 'message/')),
content as (
  select distinct on (tenant_id, stream) tenant_id, stream, r ->> 'direction' as direction, r ->> 'type' as kind,
         r ->> 'from' as from_party, greatest((r ->> 'parts')::bigint, 0) as parts,
         jsonb_array_length(r -> 'media') as media
  from report
  order by tenant_id, stream, case type when 'message_finalized' then 3 when 'message_delivered' then 2
    when 'message_read' then 0 else 1 end desc, at desc),
cost as (
  select distinct on (tenant_id, stream) tenant_id, stream, (r #>> '{cost,amount}')::numeric as cost,
         r #>> '{cost,currency}' as currency, (r #>> '{carrierFee,amount}')::numeric as fee,
         r #>> '{carrierFee,currency}' as fee_currency
  from report where r ? 'cost' order by tenant_id, stream, at desc),
recipient as (
  select tenant_id, stream, coalesce(pg_temp.e164(t ->> 'number'), t ->> 'number') as number,
         bool_or((t ->> 'own')::boolean) as own
  from report, jsonb_array_elements(r -> 'to') as t group by 1, 2, 3),
got as (
  select tenant_id, stream, array_agg(number) as numbers, min(number collate "C") as first_to,
         min(number collate "C") filter (where own) as own
  from recipient group by 1, 2),
begun as (
  select tenant_id, stream, coalesce(min((r ->> 'receivedAt')::timestamptz), min(at)) as usage_at,
         min(seq) filter (where r ? 'cost') as cost_seq,
         min(seq) filter (where (r ->> 'parts')::bigint > 0) as part_seq,
         min(seq) filter (where jsonb_array_length(r -> 'media') > 0) as medium_seq
  from report group by 1, 2)
select *, case direction when 'outgoing' then coalesce(pg_temp.e164(from_party), nullif(from_party, ''))
            else own end as number,
       case direction when 'incoming' then array[from_party] else coalesce(numbers, '{}') end as copies,
       case direction when 'incoming' then from_party else first_to end as party,
       case when kind in ('SMS', 'MMS') then lower(kind) else 'other' end
         || case direction when 'incoming' then '_in' else '_out' end as service
from content join begun using (tenant_id, stream) left join cost using (tenant_id, stream)
left join got using (tenant_id, stream);

-- Recordings and transcriptions of legs, each once, by its id or else by when it was.
create temporary table extra as
select tenant_id, stream, leg, kind, leg || '/' || kind || '/' || id as charge,
       (array_agg(data order by at))[1] as data, min(seq) as seq
from (
  select told.*, case type when 'recording_saved' then 'recording' else 'transcription' end as kind,
         coalesce(data ->> 'transcriptionId', data ->> 'recordingId', to_char(
           coalesce((data ->> 'startedAt')::timestamptz, at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as id
  from told where type = 'recording_saved'
    or (type = 'recording_transcribed' and coalesce(data ->> 'status', 'completed') = 'completed')) as each
group by tenant_id, stream, leg, kind, id;

-- What a deck may price: how much of what, for which number, since when it can be priced at all.
create temporary table billable as
select tenant_id, stream, leg as charge, service, 'minute' as unit, coalesce(own, number) as number,
       case service when 'call_out' then pg_temp.e164(to_party) else coalesce(own, number) end as priced, direction,
       coalesce(answered_at, start_at) as at, usage_at as occurred_at,
       case when answered_at is null then billed
            else ceil(greatest(extract(epoch from ended_at - answered_at), 0))::bigint end as quantity,
       60 as whole, greatest(start_seq, end_seq, billable_seq) as seen, called as party
from leg join call using (tenant_id, stream)
where start_at is not null and ended_at is not null and (answered_at is not null or billed > 0)
union all
select tenant_id, stream, charge || suffix, kind, unit, coalesce(own, number), coalesce(own, number), direction,
       coalesce(answered_at, usage_at), usage_at, quantity, whole, seq, called
from extra join leg using (tenant_id, stream, leg) join call using (tenant_id, stream),
     lateral (
       select '' as suffix, 'item' as unit, 1::bigint as quantity, 1 as whole
       union all
       select '/minutes', 'minute', coalesce(ceil(greatest(0, extract(epoch from
                (data ->> 'endedAt')::timestamptz - (data ->> 'startedAt')::timestamptz)))::bigint, 0), 60
       where kind = 'recording') as way
union all
select tenant_id, stream, copy || '/' || initcap(unit), service, unit, number,
       case direction when 'outgoing' then copy else number end, direction, usage_at, usage_at, quantity, 1, seen, party
from message, unnest(copies) as copy,
     lateral (values ('part', parts, part_seq), ('medium', media, medium_seq)) as way(unit, quantity, seen)
where kind in ('SMS', 'MMS') and quantity > 0;

-- What the carrier told: the parts of a leg's report and what they leave of its total; a message's cost and fee.
create temporary table carrier as
with part as (
  select tenant_id, stream, leg, part ->> 'part' as part, place, (part #>> '{cost,amount}')::numeric as amount,
         part #>> '{cost,currency}' as currency, coalesce((part ->> 'billedSeconds')::bigint, billed, 0) as seconds,
         row_number() over (partition by tenant_id, stream, leg, part ->> 'part' order by place) as time
  from leg, jsonb_array_elements(cost -> 'parts') with ordinality as told(part, place)),
whole as (
  select tenant_id, stream, leg, coalesce(billed, 0) as seconds, (cost #>> '{total,amount}')::numeric as amount,
         cost #>> '{total,currency}' as currency
  from leg where cost ? 'total'),
rest as (
  select tenant_id, stream, leg, max(seconds) as seconds, sum(amount) as amount, count(*) as tellings,
         coalesce(max(currency) filter (where amount <> 0), max(currency) filter (where told)) as currency
  from (
    select tenant_id, stream, leg, seconds, amount, currency, true as told from whole
    union all
    select part.tenant_id, part.stream, part.leg, 0, -part.amount, part.currency, false
    from part join whole using (tenant_id, stream, leg)) as both_of_them
  group by 1, 2, 3
  having count(distinct currency) filter (where amount <> 0) < 2),
amount as (
  select tenant_id, stream, leg, leg || '/' || part || '/' || time as charge,
         case part when 'call-recording' then 'recording' end as kind, seconds, amount, currency
  from part
  union all
  select tenant_id, stream, leg, leg || '/total', null, seconds, amount, currency
  from rest where amount <> 0 or tellings = 1)
select tenant_id, stream, charge, coalesce(kind, service) as service, coalesce(own, number) as number, direction,
       usage_at as occurred_at, seconds as quantity, amount.amount, amount.currency, called as party
from amount join leg using (tenant_id, stream, leg) join call using (tenant_id, stream)
union all
select tenant_id, stream, way.charge, service, number, direction, usage_at, parts, way.amount, way.currency,
       party
from message,
     lateral (select fee is not null and (fee_currency = currency or fee = 0 or cost = 0) as apart) as fees,
     lateral (
       select 'message' as charge, case when apart then cost - fee else cost end as amount, message.currency
       union all select 'carrier_fee', fee, fee_currency where apart) as way
where cost is not null;

-- The place at which a stream was first priced: what became known later of decks and cost centres is not applied.
create temporary table known as
select tenant_id, stream, min(seq) as seq
from (
  select tenant_id, stream, seen as seq from billable
  where pg_temp.sells(tenant_id, occurred_at, at, seen, service, unit)
  union all
  select billable.tenant_id, stream, rerated.seq
  from billable join rerated on rerated.tenant_id = billable.tenant_id and rerated.seq > seen
    and occurred_at >= since and occurred_at < til
  where pg_temp.sells(billable.tenant_id, occurred_at, at, rerated.seq, service, unit)
  union all
  select tenant_id, stream, seq from told
  where type = 'call_cost_reported' and (data ? 'total' or jsonb_array_length(data -> 'parts') > 0)
  union all
  select tenant_id, stream, cost_seq from message where cost is not null) as priced
group by 1, 2;

-- Months of numbers, cut where a cost centre begins; the highest revision of a month stands, known since the first.
create temporary table month as
with assigned as (
  select distinct on (tenant_id, stream_id, data ->> 'from') tenant_id, stream_id as stream,
         (data ->> 'from')::date as since, data ->> 'costCentre' as cost_centre
  from fact where type = 'cost_centre_assigned'
  order by tenant_id, stream_id, data ->> 'from', (data ->> 'occurredAt')::timestamptz desc, seq_id desc),
held as (
  select distinct on (tenant_id, stream_id, data ->> 'from') tenant_id, stream_id as stream,
         data ->> 'number' as number, (data ->> 'from')::date as first, (data ->> 'until')::date as until,
         data ->> 'zone' as zone,
         min(seq_id) over (partition by tenant_id, stream_id, data ->> 'from') as seq
  from fact where type = 'number_month_started'
  order by tenant_id, stream_id, data ->> 'from', coalesce((data ->> 'revision')::int, 0) desc, seq_id),
cut as (
  select held.*, since, lead(since, 1, until) over (partition by tenant_id, stream, first order by since) as til
  from held, lateral (
    select first as since
    union
    select since from assigned where assigned.tenant_id = held.tenant_id and assigned.stream = held.stream
      and since > first and since < until) as beginning)
select tenant_id, stream, first || '/' || since as charge, number, since::timestamp at time zone zone as at, seq,
       til - since as quantity,
       extract(day from date_trunc('month', first) + interval '1 month' - interval '1 day')::int as whole,
       coalesce((
         select cost_centre from assigned where assigned.tenant_id = cut.tenant_id and assigned.stream = cut.stream
           and assigned.since <= cut.since order by assigned.since desc limit 1), '') as cost_centre
from cut;

-- What was said of cost centres: of numbers, of customers, of members, and whose a party is; each from an instant on. Of what was
-- known at a place and is in force at an instant that counts which begins last, of equal ones the last said.
create temporary table said as
select tenant_id, seq_id as seq, type,
       case when starts_with(type, 'party_') then data ->> 'party'
            else coalesce(data ->> 'number', data ->> 'customerId', data ->> 'userId') end as key,
       (data ->> 'from')::timestamp at time zone (data ->> 'zone') as since,
       case type when 'party_linked' then data ->> 'customerId' else coalesce(data ->> 'costCentre', '') end as value
from fact where type in (
  'cost_centre_assigned', 'customer_centre_assigned', 'member_centre_assigned', 'party_linked', 'party_unlinked');
create index on said (tenant_id, key);

-- Where members' phones ring, each time from an instant on.
create temporary table terms as
select tenant_id, seq_id as seq, data ->> 'member' as member, (data ->> 'effectiveAt')::timestamptz as since,
       array(select lower(jsonb_array_elements_text(coalesce(nullif(data -> 'terms' -> 'phones', 'null'), '[]')))) as phones
from fact where type = 'team_terms_set';

-- The cost centre of the member whose phone it is; null for none. Of members who share it, theirs whose terms begin last.
create function pg_temp.member_centre(tenant text, phone text, known bigint, at timestamptz) returns text
language sql stable as $$
  select nullif(value, '') from (
    select member from (
      select distinct on (member) member, phones, since, seq from terms
      where tenant_id = tenant and seq <= known and since <= at
      order by member, since desc, seq desc) as force
    where lower(phone) = any (phones) order by since desc, seq desc limit 1) as owner
  join said on tenant_id = tenant and key = member and type = 'member_centre_assigned' and seq <= known and since <= at
  order by since desc, seq desc limit 1
$$;

-- Nobody else counts the rows of temporary tables; without, Postgres joins every row with every other.
analyze said;
analyze version;
analyze rate;
analyze rerated;
analyze billable;
analyze carrier;
analyze known;
analyze month;

-- The charges: the deck's by the longest prefix, else the number's type, else any; and the carrier's as told.
create temporary table recount as
with sold as (
  select tenant_id, stream, charge, service, unit, number, priced, direction, at, occurred_at, quantity, whole,
         known.seq as known, null as cost_centre, party
  from billable join known using (tenant_id, stream)
  union all
  select tenant_id, stream, charge, 'number_month', 'month', number, number, null, at, at, quantity, whole, seq,
         cost_centre, null
  from month),
priced as (
  select sold.*, version.currency, case when paid.price is null then 0 else pg_temp.rounded(
           paid.connect_fee * whole + paid.price * case when sold.unit <> 'minute' then quantity
             when greatest(quantity, paid.minimum) <= paid.first_increment then paid.first_increment
             else paid.first_increment + paid.increment
               * ceil((greatest(quantity, paid.minimum) - paid.first_increment)::numeric / paid.increment) end,
           whole, version.decimals, version.mode) end as amount
  from sold
  cross join lateral pg_temp.version_at(
    sold.tenant_id, sold.occurred_at, sold.at, sold.known, 9223372036854775807) as version
  left join lateral (
    select * from rate
    where rate.tenant_id = sold.tenant_id and rate.deck = version.deck and rate.version = version.version
      and rate.service = sold.service and rate.unit = sold.unit and (prefix is null or starts_with(priced, prefix))
      and (number_type is null or number_type = pg_temp.number_type(sold.number))
    order by length(prefix) desc nulls last, number_type is null limit 1) as paid on true
  where exists (select from rate where rate.tenant_id = sold.tenant_id and rate.deck = version.deck
    and rate.version = version.version and rate.service = sold.service and rate.unit = sold.unit))
select tenant_id, stream, source, charge, service, coalesce(number, '') as number, coalesce(direction, '') as direction,
       -- A month's own; else that of the customer whose the party is, where it has one; else of the member whose phone
       -- the party or the number is; else the number's.
       coalesce(
         cost_centre, nullif(theirs.value, ''), pg_temp.member_centre(tenant_id, party, known, occurred_at),
         pg_temp.member_centre(tenant_id, number, known, occurred_at), its.value, '') as cost_centre,
       occurred_at, (occurred_at at time zone zone)::date as day, currency, quantity, amount
from (
  select tenant_id, stream, 'deck' as source, charge, service, number, direction, cost_centre, known, occurred_at,
         currency, quantity, amount, party
  from priced
  union all
  select tenant_id, stream, 'carrier', charge, service, number, direction, null, known.seq, occurred_at, currency,
         quantity, amount, party
  from carrier join known using (tenant_id, stream)) as charged
left join lateral (
  select value from said
  where said.tenant_id = charged.tenant_id and key = party and starts_with(type, 'party_') and seq <= known
    and since <= occurred_at order by since desc, seq desc limit 1) as owner on true
left join lateral (
  select value from said
  where said.tenant_id = charged.tenant_id and key = owner.value and type = 'customer_centre_assigned'
    and seq <= known and since <= occurred_at order by since desc, seq desc limit 1) as theirs on true
left join lateral (
  select value from said
  where said.tenant_id = charged.tenant_id and key = charged.number and type = 'cost_centre_assigned'
    and seq <= known and since <= occurred_at order by since desc, seq desc limit 1) as its on true
join platform.company on company_id = tenant_id;

-- What the ledger holds and what was counted, by whatever both are kept by.
create temporary table compared as
select 'charge' as kept, tenant_id, concat_ws(' ', stream, charge, occurred_at) as what, source, service,
       coalesce(number, '') as number, coalesce(direction, '') as direction, cost_centre, currency, quantity, amount,
       true as ours
from ledger.cost_line
union all select 'month', tenant_id, month::text, source, service, number, direction, cost_centre, currency, quantity,
       amount, true from ledger.cost_month
union all select 'day', tenant_id, day::text, source, service, number, direction, cost_centre, currency, quantity,
       amount, true from ledger.cost_day
union all select 'quarter', tenant_id, bucket::text, source, service, '', direction, cost_centre, currency, quantity,
       amount, true from ledger.cost_quarter
union all select way.kept, tenant_id, way.what, source, service, case way.kept when 'quarter' then '' else number end,
       direction, cost_centre, currency, quantity, amount, false
from recount, lateral (values
  ('charge', concat_ws(' ', stream, charge, occurred_at)), ('month', date_trunc('month', day)::date::text),
  ('day', day::text),
  ('quarter', date_bin('15 minutes', occurred_at, timestamptz 'epoch')::text)) as way(kept, what);

select kept, tenant_id as company, what, source, service, number, direction, cost_centre, currency,
       coalesce(sum(amount) filter (where ours), 0) as ledger,
       coalesce(sum(amount) filter (where not ours), 0) as recount,
       coalesce(sum(quantity) filter (where ours), 0) as ledger_quantity,
       coalesce(sum(quantity) filter (where not ours), 0) as recount_quantity
from compared
group by kept, tenant_id, what, source, service, number, direction, cost_centre, currency
having sum(case when ours then amount else -amount end) <> 0
  or sum(case when ours then quantity else -quantity end) <> 0
order by 1, 2, 3, 4, 5;
