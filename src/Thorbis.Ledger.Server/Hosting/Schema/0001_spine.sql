-- The spine: companies and who they are (platform), webhooks as they came (intake), read models (ledger).
-- Marten adds its event tables to schema ledger; Identity has schema identity, Wolverine schema wolverine.
create extension if not exists btree_gist;
create schema if not exists platform;
create schema if not exists intake;
create schema if not exists ledger;

-- Companies -----------------------------------------------------------------------------------------------------
create table platform.company (
  company_id   text primary key check (company_id ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name         text not null,
  zone         text not null,
  created_at   timestamptz not null,
  suspended_at timestamptz
);

create table platform.member (
  user_id   text not null,
  tenant_id text not null references platform.company,
  role      text not null,
  joined_at timestamptz not null,
  primary key (user_id, tenant_id)
);

create table platform.operator (
  user_id  text primary key,
  added_at timestamptz not null
);

create table platform.api_key (
  key_id       uuid primary key,
  tenant_id    text not null references platform.company,
  name         text not null,
  role         text not null,
  secret_hash  bytea not null,
  created_at   timestamptz not null,
  created_by   text not null,
  revoked_at   timestamptz,
  last_used_at timestamptz
);

-- Telnyx accounts, their webhook keys, the companies they serve --------------------------------------------------
create table platform.telnyx_account (
  account_id text primary key,
  name       text not null,
  added_at   timestamptz not null
);

create table platform.telnyx_key (
  key_id     uuid primary key,
  account_id text not null references platform.telnyx_account,
  public_key bytea not null unique check (octet_length(public_key) = 32),
  added_at   timestamptz not null,
  retired_at timestamptz
);

create table platform.account_company (
  account_id text not null references platform.telnyx_account,
  company_id text not null references platform.company,
  primary key (account_id, company_id)
);

-- A claim has no confirmed_at and attributes nothing; two confirmed holdings of a number never overlap.
create table platform.number_ownership (
  ownership_id  uuid primary key,
  number        text not null,
  tenant_id     text not null references platform.company,
  held          tstzrange not null check (not isempty(held)),
  registered_at timestamptz not null,
  registered_by text not null,
  confirmed_at  timestamptz,
  confirmed_by  text,
  constraint one_owner_at_a_time exclude using gist (number with =, held with &&) where (confirmed_at is not null)
);
create index number_ownership_number on platform.number_ownership (number);
create index number_ownership_tenant on platform.number_ownership (tenant_id, number);

create table platform.connection_owner (
  connection_id text not null,
  account_id    text not null references platform.telnyx_account,
  tenant_id     text not null references platform.company,
  primary key (account_id, connection_id)
);

-- The journal ---------------------------------------------------------------------------------------------------
-- One narrow row per accepted webhook, for good. Ids are UUIDv7, so their order is that of receipt.
create table intake.entry (
  journal_id    uuid primary key,
  received_at   timestamptz not null,
  event_id      text collate "C",
  event_type    text collate "C",
  attempt       int,
  account_id    text not null,
  key_id        uuid not null,
  claims        boolean not null,
  redelivery_of uuid,
  differs       boolean not null default false,
  content_hash  bytea
);
create unique index entry_event_id on intake.entry (event_id) where claims;
create unique index entry_refused_content on intake.entry (content_hash) where content_hash is not null;
create index entry_redelivery on intake.entry (redelivery_of) where redelivery_of is not null;

-- The evidence: bytes, signature and signed timestamp exactly as sent. Partitioned by month through the id.
create table intake.body (
  journal_id uuid not null primary key,
  signed_at  text not null,
  signature  bytea not null,
  body       bytea not null
) partition by range (journal_id);
create table intake.body_default partition of intake.body default;

-- What is not done: pending, waiting (for a call), quarantined (for a number or an operator), failed, unintelligible.
-- A webhook without a row here is interpreted, or kept without interpretation.
create table intake.backlog (
  journal_id uuid primary key,
  state      text not null,
  keys       text[],
  reason     text,
  error      text,
  again      boolean not null default false,
  since      timestamptz not null,
  tries      int not null default 0
);
create index backlog_state on intake.backlog (state, journal_id);
create index backlog_keys on intake.backlog using gin (keys) where keys is not null;

-- Which companies a webhook belongs to, and the facts each got of it (none: kept without interpretation).
create table intake.journal_company (
  tenant_id  text not null,
  journal_id uuid not null,
  event_type text collate "C",
  facts      text[] not null,
  shared     boolean not null default false, -- other companies have a part in it: its bytes are shown to none
  primary key (tenant_id, journal_id)
);
create index journal_company_journal on intake.journal_company (journal_id);

-- Whose a leg is: decided once, at its start.
create table intake.leg (
  leg_id     text collate "C" primary key,
  control_id text collate "C" not null,
  session_id text collate "C" not null,
  tenant_id  text not null,
  own_number text,
  decided_by text not null
);
create index leg_session on intake.leg (session_id);
create index leg_control on intake.leg (control_id);

-- Well signed in form, but by no key we know: a ring of bounded size, tried again when a key is added.
create table intake.unverified (
  unverified_id uuid primary key,
  received_at   timestamptz not null,
  signed_at     text not null,
  signature     bytea not null,
  body          bytea not null
);

-- Who opened raw bodies, exported, signed in.
create table platform.access_log (
  access_id uuid primary key,
  tenant_id text not null,
  at        timestamptz not null,
  actor     text not null,
  action    text not null,
  subject   text
);
create index access_log_tenant on platform.access_log (tenant_id, at);

-- Read models ---------------------------------------------------------------------------------------------------
create table ledger.call (
  tenant_id              text not null,
  call_id                text collate "C" not null,
  direction              text,
  number                 text collate "C",
  party                  text collate "C",
  internal               boolean not null,
  usage_at               timestamptz not null,
  answered_at            timestamptz,
  ended_at               timestamptz,
  last_fact_at           timestamptz not null,
  outcome                text,
  talk_microseconds      bigint not null,
  ring_microseconds      bigint not null,
  billable_seconds       bigint not null,
  carrier_cost           numeric,
  carrier_currency       text,
  carrier_billed_seconds bigint,
  billed_unanswered      boolean not null,
  hangup_cause           text,
  hangup_source          text,
  legs                   int not null,
  recordings             int not null,
  state                  jsonb not null,
  primary key (tenant_id, call_id)
);
create index call_usage on ledger.call (tenant_id, usage_at, call_id);
create index call_number on ledger.call (tenant_id, number, usage_at, call_id);
create index call_party on ledger.call (tenant_id, party, usage_at, call_id);
create index call_open on ledger.call (tenant_id, last_fact_at) where ended_at is null;

create table ledger.message (
  tenant_id        text not null,
  message_id       text collate "C" not null,
  direction        text not null,
  type             text not null,
  numbers          text not null, -- E.164, comma-separated: one column of a set-based upsert
  recipients       text not null, -- all the company may see, likewise
  number           text collate "C",
  party            text collate "C",
  usage_at         timestamptz not null,
  sent_at          timestamptz,
  completed_at     timestamptz,
  last_fact_at     timestamptz not null,
  status           text not null,
  parts            int not null,
  billable_parts   bigint not null,
  billable_media   bigint not null,
  carrier_cost     numeric,
  carrier_currency text,
  state            jsonb not null,
  primary key (tenant_id, message_id)
);
create index message_usage on ledger.message (tenant_id, usage_at, message_id);
create index message_number on ledger.message (tenant_id, number, usage_at, message_id);
create index message_party on ledger.message (tenant_id, party, usage_at, message_id);

-- Sums of contributions over 15 minutes: one row for the company (number '') and one per number.
create table ledger.usage_bucket (
  tenant_id text not null,
  number    text collate "C" not null,
  bucket    timestamptz not null,
  calls_in bigint not null, calls_out bigint not null, calls_internal bigint not null, calls_ended bigint not null,
  answered bigint not null, voicemail bigint not null, self_served bigint not null, short bigint not null,
  abandoned bigint not null, unanswered bigint not null, blocked bigint not null,
  connected bigint not null, machine bigint not null, busy bigint not null, unanswered_out bigint not null,
  failed bigint not null,
  talk_calls bigint not null, talk_microseconds bigint not null, ring_microseconds bigint not null,
  billable_calls bigint not null, billable_seconds bigint not null, carrier_billed_seconds bigint not null,
  sms_in bigint not null, mms_in bigint not null, other_in bigint not null,
  sms_out bigint not null, mms_out bigint not null, other_out bigint not null,
  recipients_queued bigint not null, recipients_sent bigint not null, recipients_delivered bigint not null,
  recipients_failed bigint not null, recipients_unconfirmed bigint not null,
  parts_in bigint not null, parts_out bigint not null, media_in bigint not null, media_out bigint not null,
  primary key (tenant_id, number, bucket)
) partition by list (number);
-- Apart, a company's own month lies on a hundred pages; among its numbers' rows, each on a page of its own.
create table ledger.usage_bucket_company partition of ledger.usage_bucket for values in ('');
create table ledger.usage_bucket_number partition of ledger.usage_bucket default;
