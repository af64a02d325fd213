-- The schedules of each company, written with their facts: what a list shows and what a name is checked against. What
-- they say is in their streams alone.
create table platform.schedule (
  tenant_id   text not null references platform.company,
  schedule_id uuid not null,
  name        text not null,        -- as last decided, in force or not yet
  zone        text not null,        -- likewise
  version     int not null,
  begins_at   timestamptz not null, -- the earliest instant that anything of it is effective at
  ends_at     timestamptz,          -- when its retirement takes effect; null when none was decided
  primary key (tenant_id, schedule_id)
);
