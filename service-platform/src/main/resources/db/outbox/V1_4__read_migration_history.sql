-- A service may wait for migrations that another process applies, so it reads which ones are applied.
do $$
declare
  service text := replace(current_user, '_owner', '');
begin
  if to_regclass('flyway_schema_history') is not null then
    execute format('grant select on flyway_schema_history to %I', service);
  end if;
end $$;
