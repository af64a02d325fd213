-- A closed statement's way to a mailbox, a folder or a bucket: deliveries like any other, with its file.
alter table platform.delivery
  add column month date,       -- of the statement whose file goes along
  add column destination text, -- a folder or bucket, as the fact has it
  drop constraint delivery_check,
  add check (num_nonnulls(endpoint_id, recipient_id, destination) = 1),
  drop constraint delivery_notice_id_endpoint_id_recipient_id_key,
  add unique nulls not distinct (notice_id, endpoint_id, recipient_id, destination);

drop index platform.delivery_due;
create index delivery_due on platform.delivery ((month is not null), next_at) where state = 'pending';
create index delivery_company on platform.delivery (tenant_id, delivery_id);
