-- The running service neither reads nor changes the history of its migrations. Default privileges gave it
-- everything on each table of its owner.
do $$
declare
  service text := replace(current_user, '_owner', '');
begin
  if to_regclass('flyway_schema_history') is not null then
    execute format('revoke all on flyway_schema_history from %I', service);
  end if;
end $$;
