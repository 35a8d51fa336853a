package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Creates and changes people. Every change increments the version of the person and publishes an
/// event. Writing identical data changes nothing.
@Singleton
@Transactional(Transactional.TxType.MANDATORY)
public class Directory {
  private final EntityManager database;
  private final Outbox outbox;
  private final Caller caller;
  private final Clock clock = Clock.systemUTC();

  Directory(EntityManager database, Outbox outbox, Caller caller) {
    this.database = database;
    this.outbox = outbox;
    this.caller = caller;
  }

  /// Locks the tenant's directory until the transaction ends. Other writers wait, so that no person
  /// is inserted between a look-up and a write.
  public void lock() {
    database
        .createNativeQuery(
            """
            insert into directory (tenant) values (?1)
            on conflict (tenant) do update set tenant = excluded.tenant
            """)
        .setParameter(1, caller.tenant())
        .executeUpdate();
  }

  /// Updates the person with the profile's external id, else with its user name, or creates one.
  ///
  /// @throws ProblemException 409 if the two identifiers belong to different people
  Person upsert(Profile profile) {
    Optional<Person> byExternalId =
        Optional.ofNullable(profile.externalId()).flatMap(Person::withExternalId);
    Person known = byExternalId.or(() -> Person.withUserName(profile.userName())).orElse(null);
    return known == null ? create(profile) : replace(known, profile);
  }

  /// Creates a person, or restores the deleted person whom the profile identifies.
  ///
  /// @throws ProblemException 409 if the user name or the external id is in use; 400 if the user
  ///   name can be mistaken for another one
  public Person create(Profile profile) {
    UserNames.requireUnmistakable(profile.userName());
    refuseTaken("", profile);
    Person person = Person.deleted(profile).orElseGet(this::newPerson);
    person.deleted = false;
    write(person, profile);
    person.persist();
    return person;
  }

  private Person newPerson() {
    Person person = new Person();
    person.id = TimeOrderedIds.next().toString();
    person.createdAt = now();
    return person;
  }

  /// Marks the person as deleted and inactive. Their messages keep their name.
  public void delete(Person person) {
    database.lock(person, LockModeType.PESSIMISTIC_WRITE);
    person.deleted = true;
    write(
        person,
        new Profile(person.externalId, person.userName, person.names(), person.email, false));
  }

  /// Updates the person with the profile.
  ///
  /// @throws ProblemException 409 if another person has the user name or the external id; 400 if a
  ///   new user name can be mistaken for another one
  public Person replace(Person person, Profile profile) {
    database.lock(person, LockModeType.PESSIMISTIC_WRITE);
    if (!profileOf(person).equals(profile)) {
      if (!person.userName.equals(profile.userName())) {
        UserNames.requireUnmistakable(profile.userName());
      }
      refuseTaken(person.id, profile);
      write(person, profile);
    }
    return person;
  }

  /// Returns the current profile of the person.
  public static Profile profileOf(Person person) {
    return new Profile(
        person.externalId, person.userName, person.names(), person.email, person.active);
  }

  private void write(Person person, Profile profile) {
    person.externalId = profile.externalId();
    person.userName = profile.userName();
    person.rename(profile.names(), profile.name());
    person.email = profile.email();
    person.active = profile.active();
    announce(person);
  }

  /// Gives the person a new version, so that copies and caches of it are renewed.
  void announce(Person person) {
    person.version++;
    person.updatedAt = now();
    outbox.append(
        person.id,
        person.version,
        new ChatEvent.UserUpserted(person.id, person.name, person.email, person.active));
  }

  private static void refuseTaken(String ownId, Profile profile) {
    if (Person.withUserName(profile.userName()).filter(p -> !p.id.equals(ownId)).isPresent()) {
      throw new ProblemException(Problem.CONFLICT, "The user name is in use");
    }
    if (Optional.ofNullable(profile.externalId())
        .flatMap(Person::withExternalId)
        .filter(p -> !p.id.equals(ownId))
        .isPresent()) {
      throw new ProblemException(Problem.CONFLICT, "The external id is in use");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
