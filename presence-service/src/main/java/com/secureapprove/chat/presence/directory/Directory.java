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

/// Makes and changes people. Every change raises the person's version and is told to the other
/// parts; writing what is already there changes nothing.
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

  /// Lets the tenant's other writers wait until this transaction ends, so that nobody comes in
  /// between looking for a person and writing them.
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

  /// The person with that external id, else with that user name, brought up to date; or a new one.
  ///
  /// @throws ProblemException 409 where the two belong to different people
  Person upsert(Profile profile) {
    Optional<Person> byExternalId =
        Optional.ofNullable(profile.externalId()).flatMap(Person::withExternalId);
    Person known = byExternalId.or(() -> Person.withUserName(profile.userName())).orElse(null);
    return known == null ? create(profile) : replace(known, profile);
  }

  /// A new person; or, where the profile says who was deleted before, that one again.
  ///
  /// @throws ProblemException 409 where the user name or the external id is taken
  public Person create(Profile profile) {
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

  /// Takes the person out of the directory. They are inactive from then on, and what they said
  /// keeps their name.
  public void delete(Person person) {
    database.lock(person, LockModeType.PESSIMISTIC_WRITE);
    person.deleted = true;
    write(
        person, new Profile(person.externalId, person.userName, person.name, person.email, false));
  }

  /// Makes the person what the profile says.
  ///
  /// @throws ProblemException 409 where the user name or the external id is somebody else's
  public Person replace(Person person, Profile profile) {
    database.lock(person, LockModeType.PESSIMISTIC_WRITE);
    if (!profileOf(person).equals(profile)) {
      refuseTaken(person.id, profile);
      write(person, profile);
    }
    return person;
  }

  /// What is known of the person.
  public static Profile profileOf(Person person) {
    return new Profile(
        person.externalId, person.userName, person.name, person.email, person.active);
  }

  private void write(Person person, Profile profile) {
    person.externalId = profile.externalId();
    person.userName = profile.userName();
    person.name = profile.name();
    person.email = profile.email();
    person.active = profile.active();
    person.version++;
    person.updatedAt = now();
    outbox.append(
        person.id,
        person.version,
        new ChatEvent.UserUpserted(person.id, person.name, person.email, person.active));
  }

  private static void refuseTaken(String ownId, Profile profile) {
    if (Person.withUserName(profile.userName()).filter(p -> !p.id.equals(ownId)).isPresent()) {
      throw new ProblemException(Problem.CONFLICT, "This user name is taken");
    }
    if (Optional.ofNullable(profile.externalId())
        .flatMap(Person::withExternalId)
        .filter(p -> !p.id.equals(ownId))
        .isPresent()) {
      throw new ProblemException(Problem.CONFLICT, "This external id is taken");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
