-- Only the projection reads the folded state, and whole: parsing it into jsonb cost a fifth of a rebuild.
alter table ledger.call alter column state type text;
alter table ledger.message alter column state type text;
