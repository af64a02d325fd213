-- What was said of members' phones counts for their cost centres: also what was said before this script. Each projection
-- has its own table; what it has not come to yet it writes once more, the same.
do $$
begin
  if to_regclass('ledger.mt_events') is not null then
    insert into ledger.cost_centre (tenant_id, seq, subject, key, from_at, value)
    select tenant_id, seq_id, 'phones', data ->> 'member', (data ->> 'effectiveAt')::timestamptz,
           coalesce((select string_agg(phone, E'\n' order by place)
                     from jsonb_array_elements_text(coalesce(nullif(data -> 'terms' -> 'phones', 'null'), '[]'))
                       with ordinality as p (phone, place)), '')
    from ledger.mt_events where type = 'team_terms_set'
    on conflict do nothing;
    insert into ledger.usage_centre (tenant_id, seq, subject, key, from_at, value)
    select tenant_id, seq, subject, key, from_at, value from ledger.cost_centre where subject = 'phones'
    on conflict do nothing;
  end if;
end $$;
