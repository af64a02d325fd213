-- Files that are written in the background; the bytes in pieces of one mebibyte, the last one shorter.
create table ledger.export_job (
  job_id      uuid primary key, -- version 7: in order of asking
  tenant_id   text not null,
  export      text not null,
  format      text not null,
  query       text not null,    -- as it was asked
  filter      text not null,    -- the same, read: JSON
  form        text not null,    -- likewise
  asked_at    timestamptz not null,
  asked_by    text not null,
  state       text not null,    -- queued, running, done, failed, expired
  tries       int not null default 0,
  file_id     uuid,             -- of the present try: who writes another one has lost the job
  lease_until timestamptz,      -- while it runs; then whoever ran it is dead
  rows        bigint not null default 0,
  bytes       bigint not null default 0,
  ended_at    timestamptz,
  expires_at  timestamptz,
  reason      text,             -- of a failure
  manifest    text
);
create index export_job_company on ledger.export_job (tenant_id, job_id);
create index export_job_open on ledger.export_job (job_id) where state in ('queued', 'running');
create index export_job_kept on ledger.export_job (expires_at) where state = 'done';

-- A try writes its pieces in one transaction: of one that broke off nothing is left.
create table ledger.export_piece (
  tenant_id text not null,
  file_id   uuid not null,
  ordinal   int not null, -- from 0
  content   bytea not null,
  primary key (tenant_id, file_id, ordinal)
);
alter table ledger.export_piece alter column content set storage external;
