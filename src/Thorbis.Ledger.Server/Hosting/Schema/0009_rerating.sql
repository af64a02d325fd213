-- What was used in a range can be priced anew: accounts are found by their usage instant; null for those of several,
-- and for those folded before this script, which are always looked at.
alter table ledger.cost_account add column used_at timestamptz;
create index cost_account_used on ledger.cost_account (tenant_id, used_at);

-- The deck beside the version; null for the carrier's lines, and for those made before this script.
alter table ledger.cost_line add column deck text;
