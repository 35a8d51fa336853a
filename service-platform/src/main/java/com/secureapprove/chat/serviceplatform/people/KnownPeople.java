package com.secureapprove.chat.serviceplatform.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// This service's copy of the people of the caller's tenant: the table `person` of its schema.
@Singleton
public class KnownPeople {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private record Key(String tenant, String id) {}

  private final EntityManager database;
  private final DirectoryClient directory;
  private final ServiceCalls calls;
  private final Caller caller;
  private final Cache<Key, Boolean> copied = Caffeine.newBuilder().maximumSize(200_000).build();

  KnownPeople(
      EntityManager database,
      @RestClient DirectoryClient directory,
      ServiceCalls calls,
      Caller caller) {
    this.database = database;
    this.directory = directory;
    this.calls = calls;
    this.caller = caller;
  }

  /// The active people among these ids. Asks presence-service for people that are missing in the
  /// copy. Must be called outside a transaction.
  ///
  /// @throws ProblemException 503 if presence-service is needed and does not answer
  public Set<String> active(Collection<String> ids) {
    Map<String, Boolean> known = known(ids);
    Set<String> active = new LinkedHashSet<>(ids);
    active.removeIf(id -> !known.getOrDefault(id, false));
    return active;
  }

  /// Adds missing people to the copy, like [#active]. Costs nothing for people that were added
  /// before. Must be called outside a transaction.
  ///
  /// @throws ProblemException 503 if presence-service is needed and does not answer
  public void ensure(Collection<String> ids) {
    String tenant = caller.tenant();
    Set<String> unsure = new HashSet<>(ids);
    unsure.removeIf(id -> copied.getIfPresent(new Key(tenant, id)) != null);
    if (!unsure.isEmpty()) {
      known(unsure).keySet().forEach(id -> copied.put(new Key(tenant, id), true));
    }
  }

  /// The people among these ids that are active in the copy. Needs a transaction.
  public Set<String> activeAmong(Collection<String> ids) {
    return inCopy(ids).entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// Stores a person unless the copy has a newer version. Needs a transaction.
  public void put(People.Person person) {
    database
        .createNativeQuery(
            """
            insert into person as p (tenant, id, name, email, active, version)
            values (:tenant, :id, :name, :email, :active, :version)
            on conflict (tenant, id) do update
            set name = excluded.name, email = excluded.email, active = excluded.active,
                version = excluded.version
            where p.version < excluded.version
            """)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", person.id())
        .setParameter("name", person.name())
        .setParameter("email", person.email())
        .setParameter("active", person.active())
        .setParameter("version", person.version())
        .executeUpdate();
  }

  /// The existing people among these ids, and whether they are active.
  private Map<String, Boolean> known(Collection<String> ids) {
    // A malformed id would make the whole request malformed.
    List<String> possible = ids.stream().distinct().filter(id -> ID.matcher(id).matches()).toList();
    Map<String, Boolean> known = QuarkusTransaction.requiringNew().call(() -> inCopy(possible));
    List<String> missing = possible.stream().filter(id -> !known.containsKey(id)).toList();
    for (int from = 0; from < missing.size(); from += DirectoryClient.MAX_IDS) {
      People found =
          ask(missing.subList(from, Math.min(from + DirectoryClient.MAX_IDS, missing.size())));
      // In the order of their ids, so that two transactions cannot deadlock.
      QuarkusTransaction.requiringNew()
          .run(() ->
              found.people().stream()
                  .sorted(Comparator.comparing(People.Person::id))
                  .forEach(this::put));
      found.people().forEach(person -> known.put(person.id(), person.active()));
    }
    return known;
  }

  private Map<String, Boolean> inCopy(Collection<String> ids) {
    Map<String, Boolean> copy = new HashMap<>();
    database
        .createNativeQuery(
            "select id, active from person where tenant = :tenant and id = any(:ids)", Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("ids", ids.toArray(String[]::new))
        .getResultList()
        .forEach(row ->
            copy.put(((Tuple) row).get(0, String.class), ((Tuple) row).get(1, Boolean.class)));
    return copy;
  }

  private People ask(List<String> ids) {
    return calls.asComponent("presence", token -> directory.find(token, String.join(",", ids)));
  }
}
