-- Of a call of several legs, what a comparison with the carrier's records reads: parsing whole states took a fifth of one.
-- Null for calls of one leg, and for those folded before this script, whose states are read.
alter table ledger.call add column leg_bills text;
