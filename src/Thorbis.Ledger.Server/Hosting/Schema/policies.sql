-- Run after every migration. The tenant login may only SELECT, and only rows of the company that its transaction
-- names in app.tenant_id; unset means none. Owners pass policies that are not forced: handlers and projections do.
-- Every name inside a policy is qualified: an inner column that binds to the outer row would be true for every row.
do $$
declare
  tenant_role text := current_setting('ledger.tenant_role');
  relation    record;
begin
  if to_regrole(quote_ident(tenant_role)) is null then
    raise exception 'The role % of ConnectionStrings:LedgerTenant does not exist.', tenant_role;
  end if;
  execute format('revoke all on all tables in schema platform, intake, ledger from %I', tenant_role);
  execute format('grant usage on schema platform, intake, ledger to %I', tenant_role);

  for relation in
    select c.oid, n.nspname, c.relname
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where n.nspname in ('platform', 'intake', 'ledger') and c.relkind in ('r', 'p')
  loop
    execute format('alter table %I.%I enable row level security', relation.nspname, relation.relname);
    execute format('drop policy if exists company_isolation on %I.%I', relation.nspname, relation.relname);
    execute format(
      'create policy company_isolation on %I.%I for select to %I using (%I.tenant_id = current_setting(''app.tenant_id'', true))',
      relation.nspname, relation.relname, tenant_role, relation.relname);
    -- Memberships and hashes of keys and PINs are read by the owner alone, each in one class.
    if (relation.nspname, relation.relname) not in
      (('platform', 'member'), ('platform', 'api_key'), ('platform', 'mailbox_pin')) then
      execute format('grant select on %I.%I to %I', relation.nspname, relation.relname, tenant_role);
    end if;
  end loop;

  -- A webhook's rows carry no company: they are seen by the companies it was attributed to.
  for relation in select unnest(array['entry', 'body', 'backlog']) as relname loop
    execute format('alter table intake.%I enable row level security', relation.relname);
    execute format('drop policy if exists company_isolation on intake.%I', relation.relname);
    execute format(
      'create policy company_isolation on intake.%1$I for select to %2$I using (exists ('
      'select 1 from intake.journal_company jc where jc.tenant_id = current_setting(''app.tenant_id'', true) '
      'and jc.journal_id = %3$s%4$s))',
      relation.relname, tenant_role,
      -- A redelivery is seen by whom the first delivery is seen by.
      case relation.relname
        when 'entry' then 'coalesce(entry.redelivery_of, entry.journal_id)'
        when 'body' then '(select coalesce(e.redelivery_of, e.journal_id) from intake.entry e where e.journal_id = body.journal_id)'
        else relation.relname || '.journal_id'
      end,
      -- Bytes that name numbers of two companies would show each the other's.
      case relation.relname when 'body' then ' and not jc.shared' else '' end);
    execute format('grant select on intake.%I to %I', relation.relname, tenant_role);
  end loop;
  execute format('grant select on ledger.mt_event_progression, ledger.mark to %I', tenant_role);
end $$;
