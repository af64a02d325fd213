-- Analytics. Rows from before it know no waits, keys and origins: rebuild the projection (docs/runbook.md).
alter table ledger.call
  add column wait_microseconds bigint,
  add column queue_seconds     bigint,
  add column menu_keys         text collate "C" not null default '',
  add column origin            text collate "C";

-- The index of a company's time also holds what analytics read of every call in a range, so that a million calls are
-- read from it alone, without their states.
drop index ledger.call_usage;
create index call_usage on ledger.call (tenant_id, usage_at, call_id)
  include (direction, outcome, talk_microseconds, menu_keys, origin);

-- How long callers waited, counted in bins (WaitBins) over 15 minutes: for the company (number '') and per number.
create table ledger.wait_bucket (
  tenant_id    text not null,
  number       text collate "C" not null,
  bucket       timestamptz not null,
  kind         text not null,
  bin          int not null,
  calls        bigint not null,
  microseconds bigint not null,
  primary key (tenant_id, number, bucket, kind, bin)
) partition by list (number);
create table ledger.wait_bucket_company partition of ledger.wait_bucket for values in ('');
create table ledger.wait_bucket_number partition of ledger.wait_bucket default;

-- What a company calls a success. A row is written with its fact, in one transaction.
create table platform.goal (
  goal_id    uuid primary key,
  tenant_id  text not null references platform.company,
  name       text not null,
  kind       text not null,
  seconds    int,
  key        text,
  days       int,
  defined_at timestamptz not null,
  defined_by text not null,
  reason     text,
  retired_at timestamptz
);
create unique index goal_in_force on platform.goal (tenant_id, name) where retired_at is null;
