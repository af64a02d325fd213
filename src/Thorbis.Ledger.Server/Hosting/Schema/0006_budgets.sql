-- Budgets, what they told of, and the way of a notification to whom it is for.

-- The fold of a budget's stream, written with its facts; beside it what its spend is found by.
create table ledger.budget (
  tenant_id   text not null,
  budget_id   uuid not null,
  source      text not null,
  number      text,
  cost_centre text,
  currency    text not null,
  retired     boolean not null,
  state       text not null,
  primary key (tenant_id, budget_id)
);

-- What was told of, written with its fact. The key is the crossing's own: it happens once.
create table ledger.budget_crossing (
  tenant_id   text not null,
  budget_id   uuid not null,
  period      date not null,    -- first day of the month in the company's zone
  by_forecast boolean not null,
  threshold   int not null,     -- percent of the limit
  fact_id     uuid not null unique,
  crossed_at  timestamptz not null,
  spend       numeric not null, -- that was seen, in the currency of the limit then
  expected    numeric,          -- by the forecast
  limit_then  numeric not null,
  currency    text not null,
  primary key (tenant_id, budget_id, period, by_forecast, threshold)
);

-- Facts name recipients by id: an address must be erasable.
create table platform.recipient (
  recipient_id uuid primary key,
  tenant_id    text not null,
  address      text not null,
  added_at     timestamptz not null,
  unique (tenant_id, address)
);

create table platform.webhook_endpoint (
  endpoint_id     uuid primary key,
  tenant_id       text not null,
  url             text not null,
  added_at        timestamptz not null,
  added_by        text not null,
  failing_since   timestamptz, -- the first attempt of which no later one went well
  disabled_at     timestamptz,
  disabled_reason text,
  removed_at      timestamptz
);
create index webhook_endpoint_tenant on platform.webhook_endpoint (tenant_id) where removed_at is null;

-- Sealed by the servers' key ring; without a tenant_id, so that the tenant login cannot even see it.
create table platform.webhook_secret (
  endpoint_id uuid primary key references platform.webhook_endpoint,
  sealed      bytea not null
);

-- One notice to one target: the queue of what is to be sent, and the log of what was.
create table platform.delivery (
  delivery_id  uuid primary key, -- version 7: in order of creation
  tenant_id    text not null,
  notice_id    uuid not null,    -- the id of the fact it tells of
  type         text not null,    -- the fact's stored name
  endpoint_id  uuid references platform.webhook_endpoint,
  recipient_id uuid,             -- gone from platform.recipient once erased
  subject      text,             -- of an e-mail
  body         text not null,
  state        text not null,    -- pending, delivered, failed
  created_at   timestamptz not null,
  next_at      timestamptz,      -- of the next attempt; null when none comes
  tries        int not null default 0, -- attempts since it was last asked for
  attempts     int not null default 0, -- all of them
  delivered_at timestamptz,
  error        text,             -- of the last attempt
  check ((endpoint_id is null) <> (recipient_id is null)),
  unique nulls not distinct (notice_id, endpoint_id, recipient_id)
);
create index delivery_due on platform.delivery (next_at) where state = 'pending';
create index delivery_endpoint on platform.delivery (tenant_id, endpoint_id, delivery_id);

create table platform.delivery_attempt (
  tenant_id    text not null,
  delivery_id  uuid not null references platform.delivery,
  attempt      int not null, -- from 1 on
  at           timestamptz not null,
  milliseconds bigint not null,
  status       int,          -- of the answer, where there was one
  error        text,         -- null when it went well
  primary key (delivery_id, attempt)
);
