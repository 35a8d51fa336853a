package com.secureapprove.chat.testsupport.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The removal of each policy, flag, grant and role attribute of a schema, one at a time.
final class SchemaMutations {
  private final RoleSession session;
  private final SchemaCatalogue catalogue;
  private final List<SchemaTable> tables;
  private final List<SchemaMutation> all = new ArrayList<>();

  SchemaMutations(RoleSession session, SchemaCatalogue catalogue, List<SchemaTable> tables) {
    this.session = session;
    this.catalogue = catalogue;
    this.tables = tables;
  }

  List<SchemaMutation> all() throws SQLException {
    for (SchemaTable table : tables) {
      if (table.name().matches("outbox_event_[1-9]")) {
        continue; // one loop made all partitions
      }
      privileges(table);
      if (table.hasTenant()) {
        flags(table);
        policies(table);
      }
    }
    roles();
    schema();
    return all;
  }

  private void privileges(SchemaTable table) {
    for (String privilege : table.privileges()) {
      add(table, "revoke %s on %s from %s".formatted(privilege, table.name(), catalogue.role()));
    }
    for (String privilege : List.of("SELECT", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES")) {
      if (!table.privileges().contains(privilege)) {
        add(table, "grant %s on %s to %s".formatted(privilege, table.name(), catalogue.role()));
      }
    }
    add(table, "grant select on %s to public".formatted(table.name()));
    add(table, "alter table %s owner to %s".formatted(table.name(), catalogue.role()));
  }

  private void flags(SchemaTable table) {
    add(table, "alter table %s disable row level security".formatted(table.name()));
    add(table, "alter table %s no force row level security".formatted(table.name()));
  }

  private void policies(SchemaTable table) throws SQLException {
    String of = " from pg_policies where schemaname = '%s' and tablename = '%s'";
    String where = of.formatted(catalogue.service(), table.name());
    for (String policy : session.column("select policyname" + where)) {
      add(table, "drop policy %s on %s".formatted(policy, table.name()));
    }
    String using = "select policyname" + where + " and qual is not null";
    for (String policy : session.column(using)) {
      add(table, "alter policy %s on %s using (true)".formatted(policy, table.name()));
    }
    String check = "select policyname" + where + " and with_check is not null";
    for (String policy : session.column(check)) {
      add(table, "alter policy %s on %s with check (true)".formatted(policy, table.name()));
    }
  }

  private void roles() {
    for (String role : List.of(catalogue.role(), catalogue.owner())) {
      for (String attribute :
          List.of(
              "superuser",
              "createdb",
              "createrole",
              "inherit",
              "replication",
              "bypassrls",
              "nologin")) {
        add("alter role %s %s".formatted(role, attribute));
      }
      add("alter role %s set search_path = public".formatted(role));
    }
    add("grant %s to %s".formatted(catalogue.owner(), catalogue.role()));
    add("grant pg_read_all_data to " + catalogue.role());
    String other = catalogue.service().equals("message") ? "presence" : "message";
    add("grant chat_%s to %s".formatted(other, catalogue.role()));
    add("grant usage on schema %s to %s".formatted(other, catalogue.role()));
  }

  private void schema() throws SQLException {
    String schema = catalogue.service();
    add("grant usage on schema %s to public".formatted(schema));
    add("grant create on schema %s to %s".formatted(schema, catalogue.role()));
    add("revoke usage on schema %s from %s".formatted(schema, catalogue.role()));
    add("alter schema %s owner to %s".formatted(schema, catalogue.role()));
    add("grant create on schema public to " + catalogue.role());
    for (String privilege : List.of("create", "temporary")) {
      add("grant %s on database %s to %s".formatted(privilege, database(), catalogue.role()));
    }
    for (String sequence : catalogue.sequences()) {
      add("revoke usage on sequence %s from %s".formatted(sequence, catalogue.role()));
    }
    for (String routine : catalogue.routines()) {
      add("revoke execute on routine %s from %s".formatted(routine, catalogue.role()));
      add("grant execute on routine %s to public".formatted(routine));
    }
  }

  private String database() throws SQLException {
    return String.valueOf(session.column("select quote_ident(current_database())").getFirst());
  }

  private void add(SchemaTable table, String sql) {
    all.add(new SchemaMutation(table, sql));
  }

  private void add(String sql) {
    all.add(new SchemaMutation(null, sql));
  }
}
