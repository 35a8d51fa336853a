package com.secureapprove.chat.importdjango.tables;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/// The copy of the directory in the schema of a service, normally fed by events. Names are there
/// without waiting for them.
final class PeopleCopy {
  private PeopleCopy() {}

  /// Adds people; a higher version wins, as with events.
  static void put(TenantConnection database, Collection<DirectoryPerson> people)
      throws SQLException {
    Connection connection = database.jdbc();
    database.transaction(() -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into person as p (tenant, id, name, email, active, version)
              values (?, ?, ?, ?, ?, ?)
              on conflict (tenant, id) do update
              set name = excluded.name, email = excluded.email, active = excluded.active,
                  version = excluded.version
              where p.version < excluded.version
              """)) {
        for (DirectoryPerson person :
            people.stream().sorted(java.util.Comparator.comparing(DirectoryPerson::id)).toList()) {
          insert.setString(1, database.tenant());
          insert.setString(2, person.id());
          insert.setString(3, person.name());
          insert.setString(4, person.email());
          insert.setBoolean(5, person.active());
          insert.setLong(6, person.version());
          insert.addBatch();
        }
        insert.executeBatch();
      }
      return people;
    });
  }
}
