-- Customers as companies name them. A row is written with its fact, in one transaction.
create table platform.customer (
  tenant_id   text not null references platform.company,
  customer_id text collate "C" not null,
  name        text not null,
  named_at    timestamptz not null,
  primary key (tenant_id, customer_id)
);

-- Whose a party is from an instant on, until its next row.
create table platform.customer_party (
  tenant_id   text not null,
  party       text collate "C" not null,
  from_at     timestamptz not null,
  from_day    date not null,
  customer_id text collate "C" not null, -- empty: nobody's
  primary key (tenant_id, party, from_at)
);
create index customer_party_customer on platform.customer_party (tenant_id, customer_id, party);

-- What was said of cost centres, in the order of the ledger: of numbers, and now of customers and of their parties.
alter table ledger.cost_centre rename column number to key;
alter table ledger.cost_centre rename column cost_centre to value;
alter table ledger.cost_centre add column subject text not null default 'number';
alter table ledger.cost_centre alter column subject drop default;

-- The same, as the projection of calls and messages has read it: each reads facts and its own tables, nothing else.
create table ledger.usage_centre (like ledger.cost_centre including all);
insert into ledger.usage_centre select * from ledger.cost_centre;

-- The usage of cost centres, in the columns of ledger.usage_bucket.
create table ledger.centre_bucket (like ledger.usage_bucket);
alter table ledger.centre_bucket rename column number to cost_centre;
alter table ledger.centre_bucket add primary key (tenant_id, cost_centre, bucket);

-- The place at which a call or message was first told of, 0 for those from before this script; and the cost centre that
-- it counts for: null for none.
alter table ledger.call add column first_seq bigint not null default 0, add column cost_centre text collate "C";
alter table ledger.message add column first_seq bigint not null default 0, add column cost_centre text collate "C";
