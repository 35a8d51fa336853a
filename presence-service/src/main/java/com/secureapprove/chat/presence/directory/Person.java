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
import org.hibernate.Session;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// A person in a tenant's directory.
@Entity
@Table(name = "person")
public class Person extends PanacheEntityBase {
  @Id public String id;
  @TenantId public String tenant;

  /// The identity provider's identifier, if it sends one.
  public @Nullable String externalId;

  /// Unique in the tenant, ignoring case, among people who are not deleted.
  public String userName;

  /// The name that others see.
  public String name;

  public @Nullable String displayName;
  public @Nullable String formattedName;
  public @Nullable String givenName;
  public @Nullable String familyName;
  public String email;
  public boolean active;

  /// Removed from the directory. A deleted person is also inactive.
  public boolean deleted;

  /// Increments with every change. Copies and SCIM's `meta.version` use it.
  public long version;

  public Instant createdAt;
  public Instant updatedAt;

  public People.Person view() {
    return new People.Person(id, name, email, active, version);
  }

  /// Returns the parts of the name. An older release writes only the shown name; the parts are then
  /// outdated, and the shown name is the whole name.
  public Names names() {
    Names stored = new Names(displayName, formattedName, givenName, familyName);
    return stored.shown(userName).equals(name) ? stored : new Names(null, name, null, null);
  }

  void rename(Names names, String shown) {
    displayName = names.display();
    formattedName = names.formatted();
    givenName = names.given();
    familyName = names.family();
    name = shown;
  }

  /// Returns all people who are not deleted, active or not, ordered by id.
  public static List<Person> inDirectory() {
    return list("not deleted", Sort.by("id"));
  }

  /// Counts the people who are not deleted.
  public static long countInDirectory() {
    return count("not deleted");
  }

  /// Returns one page of [#inDirectory].
  public static List<Person> inDirectory(int from, int most) {
    return Person.<Person>find("not deleted", Sort.by("id")).range(from, from + most - 1).list();
  }

  /// Returns the people with the given ids, deleted or not, ordered by id.
  public static List<Person> withIds(Collection<String> ids) {
    return list("id in ?1 order by id", ids);
  }

  /// The person to whom an account is linked, deleted or not. Each sign-in needs it, so it is one
  /// statement, and in SQL: Hibernate translated the same query in HQL again at each use.
  static Optional<Person> linkedTo(String tenant, String issuer, String subject) {
    return getEntityManager()
        .unwrap(Session.class)
        .createNativeQuery(
            """
            select p.* from sign_in_link l join person p on p.tenant = l.tenant and p.id = l.person_id
            where l.tenant = :tenant and l.issuer = :issuer and l.subject = :subject
            """,
            Person.class)
        .setParameter("tenant", tenant)
        .setParameter("issuer", issuer)
        .setParameter("subject", subject)
        .uniqueResultOptional();
  }

  public static Optional<Person> withExternalId(String externalId) {
    return find("externalId = ?1 and not deleted", externalId).firstResultOptional();
  }

  public static Optional<Person> withUserName(String userName) {
    return find("lower(userName) = lower(?1) and not deleted", userName).firstResultOptional();
  }

  /// Returns the deleted person whom the profile identifies: by the same external id, else by the
  /// same user name if that person has no external id.
  static Optional<Person> deleted(Profile profile) {
    Sort newestFirst = Sort.descending("updatedAt", "id");
    String sameUserName = "deleted and lower(userName) = lower(?1)";
    if (profile.externalId() == null) {
      return find(sameUserName, newestFirst, profile.userName()).firstResultOptional();
    }
    return find("deleted and externalId = ?1", newestFirst, profile.externalId())
        .<Person>firstResultOptional()
        .or(() ->
            find(sameUserName + " and externalId is null", newestFirst, profile.userName())
                .firstResultOptional());
  }

  /// Returns the people with the e-mail address, ignoring case, active or not, ordered by id.
  public static List<Person> withEmail(String email) {
    return list("lower(email) = lower(?1) and not deleted order by id", email);
  }
}
