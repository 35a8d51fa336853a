package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.contracts.People;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// Somebody in the directory of a tenant.
@Entity
@Table(name = "person")
public class Person extends PanacheEntityBase {
  @Id public String id;
  @TenantId public String tenant;

  /// The identity provider's own identifier, where it gives one.
  public @Nullable String externalId;

  /// Unique in the tenant, whatever its case, among those who are not deleted.
  public String userName;

  public String name;
  public String email;
  public boolean active;

  /// Out of the directory; inactive then too.
  public boolean deleted;

  /// Grows with every change; what copies and SCIM's `meta.version` go by.
  public long version;

  public Instant createdAt;
  public Instant updatedAt;

  public People.Person view() {
    return new People.Person(id, name, email, active, version);
  }

  /// Everybody of the directory, active or not, ordered by id.
  public static List<Person> inDirectory() {
    return list("not deleted", Sort.by("id"));
  }

  /// How many that are.
  public static long countInDirectory() {
    return count("not deleted");
  }

  /// One stretch of [#inDirectory].
  public static List<Person> inDirectory(int from, int most) {
    return Person.<Person>find("not deleted", Sort.by("id")).range(from, from + most - 1).list();
  }

  /// Those of these who are there, deleted or not, ordered by id.
  public static List<Person> withIds(Collection<String> ids) {
    return list("id in ?1 order by id", ids);
  }

  public static Optional<Person> withExternalId(String externalId) {
    return find("externalId = ?1 and not deleted", externalId).firstResultOptional();
  }

  public static Optional<Person> withUserName(String userName) {
    return find("lower(userName) = lower(?1) and not deleted", userName).firstResultOptional();
  }

  /// The deleted person whom a profile can only mean: with the same external id, else with the same
  /// user name and no external id that says otherwise.
  static Optional<Person> deleted(Profile profile) {
    Sort lastFirst = Sort.descending("updatedAt", "id");
    String called = "deleted and lower(userName) = lower(?1)";
    if (profile.externalId() == null) {
      return find(called, lastFirst, profile.userName()).firstResultOptional();
    }
    return find("deleted and externalId = ?1", lastFirst, profile.externalId())
        .<Person>firstResultOptional()
        .or(() ->
            find(called + " and externalId is null", lastFirst, profile.userName())
                .firstResultOptional());
  }

  /// Whoever has that e-mail address, whatever its case, active or not, ordered by id.
  public static List<Person> withEmail(String email) {
    return list("lower(email) = lower(?1) and not deleted order by id", email);
  }
}
