-- Files of the carrier's compared with the ledger, and months tied out to its invoices. Each row stands beside its fact
-- and holds it; the files themselves are not kept, so the differences cannot be made again from facts.
create table ledger.reconciliation (
  tenant_id         text not null,
  reconciliation_id uuid not null,
  file_sha256       text not null,
  as_of             bigint not null,
  done              text not null,
  primary key (tenant_id, reconciliation_id)
);
create index reconciliation_file on ledger.reconciliation (tenant_id, file_sha256);

-- What agrees is counted, and has no row.
create table ledger.reconciliation_difference (
  tenant_id         text not null,
  reconciliation_id uuid not null,
  difference_id     bigint not null,
  class             text not null,
  call_id           text collate "C",
  leg_id            text collate "C",
  message_id        text collate "C",
  from_party        text,
  to_party          text,
  ledger_at         timestamptz,
  ledger_seconds    bigint,
  ledger_cost       numeric,
  ledger_currency   text,
  record_at         timestamptz,
  record_seconds    bigint,
  record_cost       numeric,
  record_currency   text,
  record_kinds      text,
  record_ids        text, -- joined with ;
  record_lines      text, -- likewise
  unknown           text, -- JSON: cells of columns that the carrier is not known to use
  primary key (tenant_id, reconciliation_id, difference_id)
);
create index reconciliation_difference_class on ledger.reconciliation_difference
  (tenant_id, reconciliation_id, class, difference_id);

create table ledger.invoice_tie_out (
  tenant_id  text not null,
  tie_out_id uuid not null,
  month      text not null,
  tied_out   text not null,
  primary key (tenant_id, tie_out_id)
);
create index invoice_tie_out_month on ledger.invoice_tie_out (tenant_id, month, tie_out_id);
