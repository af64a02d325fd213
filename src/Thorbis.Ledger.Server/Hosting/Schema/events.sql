-- Marten's event table with what only this ledger needs of it; it runs after Marten has made it, and may run again.

-- What commands told, unlike webhooks, is little beside calls and messages, and is asked for by company alone: all
-- configuration, and everything that changed.
create index if not exists mt_events_told_by_commands on ledger.mt_events (tenant_id, seq_id)
  where causation_id is null;
