package com.secureapprove.chat.testsupport.database;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.database.SchemaTable.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Checks that the schema of a service isolates tenants, and that its role has exactly the
/// privileges of a running service. It acts as the service's role and as the owner's, with rows of
/// two tenants.
///
/// Tables are read from the catalogue, so a new table cannot be forgotten.
public final class SchemaIsolation implements AutoCloseable {
  private static final String OWN = "isolation-own";
  private static final String OTHER = "isolation-other";
  private static final String THIRD = "isolation-third";
  private static final String TENANT = "chat.tenant";
  private static final String ALL_TENANTS = "chat.all_tenants";
  private static final String RELAY = "chat.relay";

  private final Connection connection;
  private final RoleSession session;
  private final SchemaCatalogue catalogue;
  private final List<SchemaTable> tables;
  private final String role;
  private final String owner;

  private SchemaIsolation(Connection connection, String service) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    connection.setSchema(service);
    session = new RoleSession(connection);
    catalogue = new SchemaCatalogue(session, service);
    role = catalogue.role();
    owner = catalogue.owner();
    tables = catalogue.tables();
    // Rows need no rows that they refer to.
    session.run("set local session_replication_role = replica");
    session.run("set local lock_timeout = '20s'");
  }

  /// The schema of a service in a database with its migrations.
  public static SchemaIsolation of(String service, String database) throws SQLException {
    return new SchemaIsolation(BackingServices.shared().superuser(database), service);
  }

  /// The faults; empty if there are none.
  public List<String> faults() throws SQLException {
    List<String> faults = new ArrayList<>(catalogue.faults());
    for (SchemaTable table : tables) {
      faults.addAll(faultsOf(table));
    }
    return faults;
  }

  /// Removes each protection in turn, and returns those whose absence [#faults] does not notice.
  ///
  /// @throws AssertionError if there was nothing to remove
  public List<String> unnoticedRemovals() throws SQLException {
    List<String> unnoticed = new ArrayList<>();
    List<SchemaMutation> mutations = new SchemaMutations(session, catalogue, tables).all();
    if (mutations.size() < tables.size()) {
      throw new AssertionError("too few mutations: " + mutations);
    }
    for (SchemaMutation mutation : mutations) {
      boolean noticed =
          session.undone(() -> {
            session.run(mutation.sql());
            return isNoticed(mutation);
          });
      if (!noticed) {
        unnoticed.add(mutation.sql());
      }
    }
    return unnoticed;
  }

  /// Reads the catalogue first, because that is faster.
  private boolean isNoticed(SchemaMutation mutation) throws SQLException {
    SchemaTable table = mutation.table();
    return table == null
        ? !catalogue.faults().isEmpty()
        : !catalogue.faultsOf(table).isEmpty() || !wrongAccess(table).isEmpty();
  }

  private List<String> faultsOf(SchemaTable table) throws SQLException {
    List<String> faults = new ArrayList<>(catalogue.faultsOf(table));
    faults.addAll(wrongAccess(table));
    return faults;
  }

  private List<String> wrongAccess(SchemaTable table) throws SQLException {
    List<String> faults = new ArrayList<>();
    if (table.hasTenant()) {
      session.undone(() -> {
        session.run(table.insert(OWN, 1));
        session.run(table.insert(OTHER, 2));
        checkReading(table, faults);
        checkWriting(table, faults);
        return true;
      });
    }
    return faults;
  }

  private void checkReading(SchemaTable table, List<String> faults) throws SQLException {
    Rows rows = table.rows();
    boolean ownIsVisible = rows == Rows.OF_TENANT || rows == Rows.NAMES_OF_TENANTS;
    for (String reader : List.of(role, owner)) {
      expect(table, reader, TENANT, OWN, OWN, ownIsVisible, faults);
      expect(table, reader, TENANT, OWN, OTHER, false, faults);
      expect(table, reader, TENANT, "", OTHER, false, faults);
    }
    expect(table, role, ALL_TENANTS, "on", OTHER, rows == Rows.NAMES_OF_TENANTS, faults);
    expect(table, role, RELAY, "on", OTHER, rows == Rows.OF_RELAY, faults);
  }

  private void expect(
      SchemaTable table,
      String reader,
      String setting,
      String value,
      String tenant,
      boolean visible,
      List<String> faults)
      throws SQLException {
    String query = "select count(*) from %s where tenant = '%s'".formatted(table.name(), tenant);
    long seen = session.as(reader, setting, value, query);
    if (seen == RoleSession.REFUSED || (seen > 0) != visible) {
      faults.add(
          "%s with %s=%s sees %d rows of %s in %s"
              .formatted(reader, setting, value, seen, tenant, table.name()));
    }
  }

  private void checkWriting(SchemaTable table, List<String> faults) throws SQLException {
    boolean mayInsert = table.rows() != Rows.HIDDEN;
    if ((asService(table.insert(OWN, 3)) != RoleSession.REFUSED) != mayInsert) {
      faults.add("insert of own rows into " + table.name() + " is wrong");
    }
    refuse(table, table.insert(OTHER, 4), faults);
    refuse(table, table.insert(THIRD, 5), faults); // no row has its key
    refuse(table, "update %s set tenant = tenant where tenant = '%s'", OTHER, faults);
    refuse(table, "delete from %s where tenant = '%s'", OTHER, faults);
    refuse(table, "update %s set tenant = '" + THIRD + "' where tenant = '%s'", OWN, faults);
  }

  private void refuse(SchemaTable table, String sql, String tenant, List<String> faults)
      throws SQLException {
    refuse(table, sql.formatted(table.name(), tenant), faults);
  }

  private void refuse(SchemaTable table, String sql, List<String> faults) throws SQLException {
    if (asService(sql) > 0) {
      faults.add("the service may: " + sql);
    }
  }

  private long asService(String sql) throws SQLException {
    return session.as(role, TENANT, OWN, sql);
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
