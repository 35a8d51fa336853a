package com.secureapprove.chat.testsupport.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A table of a service's schema, and the readers of its rows.
///
/// @param columns those that an insert must name
record SchemaTable(String name, Rows rows, List<Column> columns) {
  private static final Set<String> WITHOUT_TENANTS = Set.of("relay_lease", Rows.HISTORY);

  /// @param type the name of its type
  record Column(String name, String type) {
    private String value(int number, String table) {
      if (name.equals("slot")) {
        String digits = table.replaceAll(".*_", "");
        return digits.matches("\\d+") ? digits : "0";
      }
      if (name.equals("role")) {
        return "'MEMBER'";
      }
      return switch (type) {
        case "text" -> "'v" + number + "'";
        case "uuid" -> "gen_random_uuid()";
        case "bool" -> "true";
        case "timestamptz" -> "now()";
        case "bytea" -> "'\\x00'";
        default -> Integer.toString(number);
      };
    }
  }

  /// Whose rows a service sees.
  enum Rows {
    /// Those of the tenant of the transaction.
    OF_TENANT,
    /// The same, and those of all tenants for work that goes through all tenants.
    NAMES_OF_TENANTS,
    /// None; only the relay sees them.
    OF_RELAY,
    /// None at all.
    HIDDEN,
    /// All: they belong to no tenant.
    WITHOUT_TENANT;

    static final String HISTORY = "flyway_schema_history";
  }

  static Rows rowsOf(String name, boolean hasTenant, boolean isPartition) {
    if (!hasTenant) {
      if (!WITHOUT_TENANTS.contains(name)) {
        throw new AssertionError("table " + name + " has no column tenant");
      }
      return Rows.WITHOUT_TENANT;
    }
    if (isPartition) {
      return Rows.HIDDEN;
    }
    return switch (name) {
      case "outbox", "outbox_event" -> Rows.OF_RELAY;
      case "directory",
          "tenant_with_files",
          "tenant_with_mail",
          "tenant_with_push",
          "tenant_with_webhooks" ->
          Rows.NAMES_OF_TENANTS;
      default -> Rows.OF_TENANT;
    };
  }

  boolean hasTenant() {
    return rows != Rows.WITHOUT_TENANT;
  }

  /// What the service may do with the table, and nothing else.
  Set<String> privileges() {
    if (name.equals(Rows.HISTORY)) {
      return Set.of("SELECT");
    }
    Set<String> all = new java.util.TreeSet<>(Set.of("DELETE", "INSERT", "SELECT", "UPDATE"));
    if (rows == Rows.HIDDEN) {
      all.add("TRUNCATE"); // empties a slot of the outbox
    }
    return all;
  }

  /// @param number different numbers give different keys
  String insert(String tenant, int number) {
    List<String> values = new ArrayList<>();
    for (Column column : columns) {
      values.add(column.name().equals("tenant") ? "'" + tenant + "'" : column.value(number, name));
    }
    return "insert into %s (%s) values (%s)"
        .formatted(
            name,
            columns.stream().map(Column::name).collect(Collectors.joining(", ")),
            String.join(", ", values));
  }
}
