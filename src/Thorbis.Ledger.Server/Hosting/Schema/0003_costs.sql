-- The cost ledger: append-only, one line per fact that changes an amount, known by the fact's place in the ledger.
create table ledger.cost_line (
  tenant_id       text not null,
  seq             bigint not null,  -- of the fact that made it
  ordinal         int not null,     -- among the lines of that fact, from 1
  kind            text not null,
  source          text not null,
  service         text not null,
  stream          text collate "C" not null,
  charge          text collate "C" not null,
  number          text collate "C",
  party           text collate "C",
  direction       text,
  country         text,
  cost_centre     text not null,
  occurred_at     timestamptz not null,
  unit            text,
  quantity        bigint not null,
  billed_quantity bigint not null,
  unit_price      numeric,
  amount          numeric not null,
  currency        text not null,
  deck_version    int,
  rate            text,
  part            text,
  facts           text not null, -- ids, comma-separated: one column of a set-based insert
  primary key (tenant_id, seq, ordinal)
);
create index cost_line_time on ledger.cost_line (tenant_id, occurred_at, seq, ordinal);
create index cost_line_number on ledger.cost_line (tenant_id, number, occurred_at, seq, ordinal);
create index cost_line_stream on ledger.cost_line (tenant_id, stream);

-- Sums of lines by month and day of the company's zone. Days and quarters of an hour are kept apart by epoch, 50,000
-- places of the ledger each: what was known at a place is the sum of the epochs before it and the lines since.
create table ledger.cost_month (
  tenant_id   text not null,
  month       date not null, -- its first day
  source      text not null,
  service     text not null,
  number      text collate "C" not null, -- empty where there is none
  direction   text not null,
  country     text not null,
  cost_centre text not null,
  currency    text not null,
  lines       bigint not null,
  quantity    bigint not null,
  amount      numeric not null,
  primary key (tenant_id, month, source, service, number, direction, country, cost_centre, currency)
);
create table ledger.cost_day (
  tenant_id   text not null,
  day         date not null,
  epoch       bigint not null,
  source      text not null,
  service     text not null,
  number      text collate "C" not null,
  direction   text not null,
  country     text not null,
  cost_centre text not null,
  currency    text not null,
  lines       bigint not null,
  quantity    bigint not null,
  amount      numeric not null,
  primary key (tenant_id, day, epoch, source, service, number, direction, country, cost_centre, currency)
);
create table ledger.cost_quarter (
  tenant_id   text not null,
  bucket      timestamptz not null,
  epoch       bigint not null,
  source      text not null,
  service     text not null,
  direction   text not null,
  country     text not null,
  cost_centre text not null,
  currency    text not null,
  lines       bigint not null,
  quantity    bigint not null,
  amount      numeric not null,
  primary key (tenant_id, bucket, epoch, source, service, direction, country, cost_centre, currency)
);

-- What decides the charges of a stream, folded; only the projection reads it, and whole.
create table ledger.cost_account (
  tenant_id text not null,
  stream    text collate "C" not null,
  state     text not null,
  primary key (tenant_id, stream)
);

-- Cost centres that numbers were assigned, in the order of the ledger.
create table ledger.cost_centre (
  tenant_id   text not null,
  seq         bigint not null,
  number      text collate "C" not null,
  from_at     timestamptz not null,
  cost_centre text not null,
  primary key (tenant_id, seq)
);

-- At this instant the ledger was settled up to this place.
create table ledger.mark (
  seq bigint primary key,
  at  timestamptz not null
);
create index mark_at on ledger.mark (at);
