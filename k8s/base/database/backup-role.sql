-- The role that backs up the chat database. Run it once, by psql, as a superuser or, from PostgreSQL 16
-- on, as a role that has CREATEROLE and BYPASSRLS:
--
--   psql --set ON_ERROR_STOP=1 --file k8s/base/database/backup-role.sql URL
--
-- Row-level security is forced on every table, so a dump by an owner contains no rows. This role
-- reads all rows and writes none. Set its password by \password chat_backup.

DO $roles$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chat_backup') THEN
    CREATE ROLE chat_backup LOGIN BYPASSRLS;
  END IF;
  GRANT pg_read_all_data TO chat_backup;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO chat_backup', current_database());
END
$roles$;
