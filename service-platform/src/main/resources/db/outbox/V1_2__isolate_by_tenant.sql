-- The one text of the row-level security policy of tables with a column "tenant". Migrations call it for each new
-- table: call isolate_by_tenant('name'). Policies of older tables have the same text.
create procedure isolate_by_tenant(isolated regclass)
language plpgsql
as $$
begin
  execute format('alter table %s enable row level security', isolated);
  execute format('alter table %s force row level security', isolated);
  execute format(
    'create policy %I on %s using (tenant = current_setting(''chat.tenant'', true)) '
    'with check (tenant = current_setting(''chat.tenant'', true))',
    (select relname from pg_class where oid = isolated) || '_of_tenant', isolated);
end $$;
