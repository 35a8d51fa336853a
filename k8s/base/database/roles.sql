-- Schemas and roles of the chat database. Run it in the database that the chat is to use; running it
-- again changes nothing. One file for the local stack, Compose and Kubernetes.
--
-- It needs no superuser, so it runs on managed PostgreSQL: the role that runs it must own the database
-- and have CREATEROLE. PostgreSQL 15 or later.
--
-- A service has two roles. The owner creates and alters its tables (Flyway logs in as it). The service
-- itself logs in as a role that owns nothing and cannot bypass row-level security, so a forgotten
-- WHERE still shows no other tenant's rows. Neither role can see another service's schema.
--
-- Passwords are not in here: ALTER ROLE ... PASSWORD sets them apart, as scram-sha-256.

SET password_encryption = 'scram-sha-256';

DO $roles$
DECLARE
  part text;
  owner_role text;
  service_role text;
  role_name text;
  privileged text;
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  REVOKE ALL ON SCHEMA public FROM PUBLIC;

  FOREACH part IN ARRAY ARRAY['conversation', 'message', 'presence', 'attachment', 'notification'] LOOP
    owner_role := format('chat_%s_owner', part);
    service_role := format('chat_%s', part);

    FOREACH role_name IN ARRAY ARRAY[owner_role, service_role] LOOP
      -- Roles belong to the whole cluster, so a second database finds them already there.
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
        EXECUTE format('CREATE ROLE %I', role_name);
      END IF;
      -- Only a superuser may name SUPERUSER, REPLICATION and BYPASSRLS, even to deny them. A new role
      -- has none of them; the check below asserts it.
      EXECUTE format('ALTER ROLE %I LOGIN NOCREATEDB NOCREATEROLE NOINHERIT', role_name);
      EXECUTE format('ALTER ROLE %I SET search_path = %I', role_name, part);
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role_name);
    END LOOP;
    -- The services set these limits at each connection. A pooler such as pgbouncer drops them there.
    EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', service_role, '2s');
    EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', service_role, '10s');
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', service_role, '15s');
    IF part = 'message' THEN
      -- The plans that its tests hold, see chat.database.session-options.
      EXECUTE format('ALTER ROLE %I SET plan_cache_mode = force_generic_plan', service_role);
      EXECUTE format('ALTER ROLE %I SET enable_seqscan = off', service_role);
      EXECUTE format('ALTER ROLE %I SET enable_hashjoin = off', service_role);
      EXECUTE format('ALTER ROLE %I SET enable_mergejoin = off', service_role);
    END IF;

    -- The schema and its default privileges belong to the owner, so the administrator must be able to
    -- act as it. A superuser already can.
    IF NOT pg_has_role(current_user, owner_role, 'USAGE') THEN
      IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', owner_role);
      ELSE
        EXECUTE format('GRANT %I TO CURRENT_USER', owner_role);
      END IF;
    END IF;

    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = part) THEN
      EXECUTE format('CREATE SCHEMA %I AUTHORIZATION %I', part, owner_role);
    END IF;
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', part);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', part, service_role);

    EXECUTE format(
      'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
      owner_role, part, service_role);
    EXECUTE format(
      'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO %I',
      owner_role, part, service_role);
    -- A right that PUBLIC has by default can only be taken away for all schemas of the owner.
    EXECUTE format(
      'ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
      owner_role);
    EXECUTE format(
      'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT EXECUTE ON FUNCTIONS TO %I',
      owner_role, part, service_role);

    IF (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = part) <> owner_role THEN
      RAISE EXCEPTION 'schema % does not belong to %', part, owner_role;
    END IF;
  END LOOP;

  SELECT string_agg(rolname, ', ') INTO privileged
  FROM pg_roles
  WHERE rolname ~ '^chat_(conversation|message|presence|attachment|notification)(_owner)?$'
    AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
         OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid));
  IF privileged IS NOT NULL THEN
    RAISE EXCEPTION 'roles with too many privileges or memberships: %', privileged;
  END IF;
END
$roles$;
