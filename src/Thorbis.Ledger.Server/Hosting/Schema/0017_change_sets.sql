-- Change sets that wait for their instant, written with their facts: the clock would otherwise read every company's.
create table platform.change_set_due (
  tenant_id     text not null references platform.company,
  change_set_id uuid not null,
  due_at        timestamptz not null,
  primary key (tenant_id, change_set_id)
);
