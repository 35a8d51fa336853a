package com.secureapprove.chat.importdjango.tables;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.importdjango.report.ImportFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The directory of presence-service.
public final class PresenceTables {
  private final TenantConnection database;
  private final Connection connection;
  private final OutboxWriter outbox;

  public PresenceTables(TenantConnection database, Duration resumeWindow) {
    this.database = database;
    this.connection = database.jdbc();
    this.outbox = new OutboxWriter(database, resumeWindow);
  }

  /// @throws ImportFailure if the tenant has no directory, with the names of those that have one
  public void requireTenant() throws SQLException {
    List<String> tenants =
        database.transaction(() -> {
          try (PreparedStatement all =
              connection.prepareStatement("select set_config('chat.all_tenants', 'on', true)")) {
            all.execute();
          }
          return texts("select tenant from directory order by tenant");
        });
    if (!tenants.contains(database.tenant())) {
      throw new ImportFailure(
          "The tenant %s has no directory. Provision its people first. Tenants with people: %s"
              .formatted(database.tenant(), tenants.isEmpty() ? "none" : tenants));
    }
  }

  /// The people of the directory who have one of the addresses, ignoring case.
  ///
  /// @param emails by any key
  public Map<Long, List<DirectoryPerson>> withEmail(Map<Long, String> emails) throws SQLException {
    Map<Long, List<DirectoryPerson>> people = new HashMap<>();
    List<Map.Entry<Long, String>> entries = List.copyOf(emails.entrySet());
    database.transaction(() -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              select k.key, p.id, p.name, p.email, p.active, p.version
              from unnest(?, ?) k(key, email)
              join person p on p.tenant = ? and lower(p.email) = lower(k.email) and not p.deleted
              where k.email <> '' order by p.active desc, p.id
              """)) {
        select.setArray(
            1, connection.createArrayOf("int8", entries.stream().map(Map.Entry::getKey).toArray()));
        select.setArray(
            2,
            connection.createArrayOf("text", entries.stream().map(Map.Entry::getValue).toArray()));
        select.setString(3, database.tenant());
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            people.computeIfAbsent(rows.getLong(1), _ -> new ArrayList<>()).add(person(rows, 2));
          }
        }
      }
      return people;
    });
    return people;
  }

  /// The people with one of the ids, deleted or not.
  public Map<String, DirectoryPerson> withIds(Collection<String> ids) throws SQLException {
    Map<String, DirectoryPerson> people = new HashMap<>();
    database.transaction(() -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select id, name, email, active, version from person where tenant = ? and id = any(?)")) {
        select.setString(1, database.tenant());
        select.setArray(2, connection.createArrayOf("text", ids.toArray()));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            people.put(rows.getString(1), person(rows, 1));
          }
        }
      }
      return people;
    });
    return people;
  }

  /// Enters people who cannot sign in and are in no list. An identity provider that later creates
  /// someone with this user name restores the entry, and with it the authorship.
  public void enterFormer(List<DirectoryPerson> people, Instant now) throws SQLException {
    database.transaction(() -> {
      try (PreparedStatement lock =
              connection.prepareStatement(
                  "insert into directory (tenant) values (?)"
                      + " on conflict (tenant) do update set tenant = excluded.tenant");
          PreparedStatement insert =
              connection.prepareStatement(
                  """
                  insert into person (tenant, id, user_name, name, formatted_name, email, active,
                    deleted, version, created_at, updated_at)
                  values (?, ?, ?, ?, ?, ?, false, true, ?, ?, ?)
                  on conflict (tenant, id) do nothing
                  """)) {
        lock.setString(1, database.tenant());
        lock.executeUpdate();
        for (DirectoryPerson person : people) {
          insert.setString(1, database.tenant());
          insert.setString(2, person.id());
          insert.setString(3, person.email().isEmpty() ? person.id() : person.email());
          insert.setString(4, person.name());
          insert.setString(5, person.name());
          insert.setString(6, person.email());
          insert.setLong(7, person.version());
          insert.setObject(8, now.atOffset(java.time.ZoneOffset.UTC));
          insert.setObject(9, now.atOffset(java.time.ZoneOffset.UTC));
          if (insert.executeUpdate() > 0) {
            outbox.append(
                person.id(),
                person.version(),
                new ChatEvent.UserUpserted(person.id(), person.name(), person.email(), false));
          }
        }
      }
      return people;
    });
  }

  /// Moves the last activities of people forward, never backward.
  public void lastSeen(Map<String, Instant> at) throws SQLException {
    List<Map.Entry<String, Instant>> entries = List.copyOf(at.entrySet());
    database.transaction(() -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into last_seen (tenant, person_id, seen_at)
              select p.tenant, p.id, s.seen_at
              from unnest(?, ?::timestamptz[]) as s(id, seen_at)
              join person p on p.tenant = ? and p.id = s.id order by p.id
              on conflict (tenant, person_id) do update
              set seen_at = greatest(last_seen.seen_at, excluded.seen_at)
              """)) {
        insert.setArray(
            1, connection.createArrayOf("text", entries.stream().map(Map.Entry::getKey).toArray()));
        insert.setArray(
            2,
            connection.createArrayOf(
                "text", entries.stream().map(e -> e.getValue().toString()).toArray()));
        insert.setString(3, database.tenant());
        return insert.executeUpdate();
      }
    });
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private static DirectoryPerson person(ResultSet rows, int first) throws SQLException {
    return new DirectoryPerson(
        rows.getString(first),
        rows.getString(first + 1),
        rows.getString(first + 2),
        rows.getBoolean(first + 3),
        rows.getLong(first + 4));
  }
}
