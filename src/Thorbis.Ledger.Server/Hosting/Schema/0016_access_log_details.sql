-- The access log is read by companies, page by page, and tells from where and how much.
alter table platform.access_log
  add column address text,   -- IP address; of sign-ins and keys the subject has it
  add column status  int,    -- of the answer
  add column rows    bigint, -- that were read or taken
  add column sha256  text;   -- of the file that was taken
-- Ids are UUIDv7, so their order is that of time.
create index access_log_page on platform.access_log (tenant_id, access_id);
