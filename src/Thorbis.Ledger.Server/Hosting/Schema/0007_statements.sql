-- Closed months, each written with its fact; the bytes of its CSV in pieces of one mebibyte, the last one shorter.
create table ledger.statement (
  tenant_id text not null,
  month     date not null, -- its first day
  seq       bigint not null,
  closed_at timestamptz not null,
  sha256    text not null,
  bytes     bigint not null,
  primary key (tenant_id, month)
);
create table ledger.statement_piece (
  tenant_id text not null,
  month     date not null,
  ordinal   int not null, -- from 0
  content   bytea not null,
  primary key (tenant_id, month, ordinal)
);
alter table ledger.statement_piece alter column content set storage external;
