package com.secureapprove.chat.testsupport.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the catalogue of PostgreSQL says about a service's schema, its roles and their grants.
final class SchemaCatalogue {
  private final RoleSession session;
  private final String service;

  SchemaCatalogue(RoleSession session, String service) {
    this.session = session;
    this.service = service;
  }

  String service() {
    return service;
  }

  /// The role of the running service.
  String role() {
    return "chat_" + service;
  }

  /// The role that owns the schema, for migrations.
  String owner() {
    return role() + "_owner";
  }

  List<SchemaTable> tables() throws SQLException {
    List<SchemaTable> tables = new ArrayList<>();
    for (String name :
        session.column(
            """
            select relname from pg_class
            where relnamespace = '%s'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
            order by relname
            """
                .formatted(service))) {
      String attributes =
          "from pg_attribute join pg_type on pg_type.oid = atttypid where attrelid = '%s'::regclass"
                  .formatted(name)
              + " and attnum > 0 and not attisdropped and ";
      boolean hasTenant =
          !session.column("select attname " + attributes + "attname = 'tenant'").isEmpty();
      boolean isPartition =
          !session
              .column(
                  "select 1 from pg_class where oid = '%s'::regclass and relispartition"
                      .formatted(name))
              .isEmpty();
      List<SchemaTable.Column> columns =
          session
              .column(
                  "select attname || ' ' || typname "
                      + attributes
                      + "attnotnull and not atthasdef and attidentity = '' order by attnum")
              .stream()
              .map(String::valueOf)
              .map(SchemaCatalogue::column)
              .toList();
      tables.add(new SchemaTable(name, SchemaTable.rowsOf(name, hasTenant, isPartition), columns));
    }
    return tables;
  }

  List<String> sequences() throws SQLException {
    return session
        .column(
            "select relname from pg_class where relnamespace = '%s'::regnamespace and relkind = 'S'"
                .formatted(service))
        .stream()
        .map(String::valueOf)
        .toList();
  }

  List<String> routines() throws SQLException {
    return session
        .column(
            "select oid::regprocedure::text from pg_proc where pronamespace = '%s'::regnamespace"
                .formatted(service))
        .stream()
        .map(String::valueOf)
        .toList();
  }

  /// The faults of roles, schema, sequences and routines.
  List<String> faults() throws SQLException {
    List<String> faults = new ArrayList<>();
    for (String role : List.of(role(), owner())) {
      compare(
          "attributes of " + role,
          Set.of("login only"),
          """
          select case when rolcanlogin and not (rolsuper or rolcreatedb or rolcreaterole or
            rolinherit or rolreplication or rolbypassrls) then 'login only' else 'others' end
          from pg_roles where rolname = '%s'
          """
              .formatted(role),
          faults);
      compare(
          "search path of " + role,
          Set.of("search_path=" + service),
          """
          select setting from pg_roles, unnest(rolconfig) setting
          where rolname = '%s' and setting like 'search_path=%%'
          """
              .formatted(role),
          faults);
      compare(
          "memberships of " + role,
          Set.of(),
          "select roleid::regrole::text from pg_auth_members where member = '%s'::regrole"
              .formatted(role),
          faults);
    }
    compare(
        "grants on the schema",
        Set.of(role() + " USAGE"),
        grants("select nspacl from pg_namespace where nspname = '%s'".formatted(service)),
        faults);
    compare(
        "owners",
        Set.of(owner()),
        """
        select pg_get_userbyid(nspowner) from pg_namespace where nspname = '%1$s'
        union all select pg_get_userbyid(proowner) from pg_proc
          where pronamespace = '%1$s'::regnamespace
        union all select pg_get_userbyid(relowner) from pg_class
          where relnamespace = '%1$s'::regnamespace and relkind = 'S'
        """
            .formatted(service),
        faults);
    compare(
        "other schemas that the service may use",
        Set.of(service),
        """
        select nspname from pg_namespace where nspname not like 'pg\\_%%'
        and nspname <> 'information_schema' and (has_schema_privilege('%1$s', oid, 'USAGE')
        or has_schema_privilege('%1$s', oid, 'CREATE'))
        """
            .formatted(role()),
        faults);
    compare(
        "privileges on the database",
        Set.of("CONNECT"),
        """
        select p from unnest(array['CONNECT', 'CREATE', 'TEMPORARY']) p
        where has_database_privilege('%s', current_database(), p)
        """
            .formatted(role()),
        faults);
    for (String sequence : sequences()) {
      compare(
          "grants on sequence " + sequence,
          Set.of(role() + " SELECT", role() + " USAGE"),
          grants("select relacl from pg_class where oid = '%s'::regclass".formatted(sequence)),
          faults);
    }
    for (String routine : routines()) {
      compare(
          "grants on routine " + routine,
          Set.of(role() + " EXECUTE"),
          grants("select proacl from pg_proc where oid = '%s'::regprocedure".formatted(routine)),
          faults);
    }
    return faults;
  }

  /// The faults of the owner and the grants of a table.
  List<String> faultsOf(SchemaTable table) throws SQLException {
    List<String> faults = new ArrayList<>();
    String of = "from pg_class where oid = '%s'::regclass".formatted(table.name());
    compare("owner of " + table.name(), Set.of(owner()), ownerOf(of), faults);
    List<String> expected =
        table.privileges().stream().map(privilege -> role() + " " + privilege).toList();
    compare("grants on " + table.name(), sorted(expected), grants("select relacl " + of), faults);
    return faults;
  }

  private static String ownerOf(String table) {
    return "select pg_get_userbyid(relowner) " + table;
  }

  /// Whom an access control list grants what, the owner excepted.
  private String grants(String accessControlList) {
    return """
    select case grantee when 0 then 'public' else grantee::regrole::text end || ' ' || privilege_type
    from aclexplode((%s)) where grantee <> '%s'::regrole
    """
        .formatted(accessControlList, owner());
  }

  private void compare(String what, Set<String> expected, String query, List<String> faults)
      throws SQLException {
    Set<String> actual = sorted(session.column(query).stream().map(String::valueOf).toList());
    if (!actual.equals(expected)) {
      faults.add("%s: %s instead of %s".formatted(what, actual, expected));
    }
  }

  private static Set<String> sorted(List<String> values) {
    return new TreeSet<>(values);
  }

  private static SchemaTable.Column column(String nameAndType) {
    String[] parts = nameAndType.split(" ", 2);
    return new SchemaTable.Column(parts[0], parts[1]);
  }
}
