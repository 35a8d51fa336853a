package com.secureapprove.chat.message.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// The people whose names this service knows.
@Singleton
public class KnownPeople {
  private record Key(String tenant, String id) {}

  private final EntityManager entities;
  private final Directory directory;
  private final InternalTokens tokens;
  private final Caller caller;
  private final Cache<Key, Boolean> known = Caffeine.newBuilder().maximumSize(200_000).build();

  KnownPeople(
      EntityManager entities,
      @RestClient Directory directory,
      InternalTokens tokens,
      Caller caller) {
    this.entities = entities;
    this.directory = directory;
    this.tokens = tokens;
    this.caller = caller;
  }

  /// Makes sure that these people of the caller's tenant are in the copy, asking the owner for
  /// those who are not. Call it outside a transaction.
  ///
  /// @throws ProblemException 503 where the owner is needed and does not answer
  public void ensure(Collection<String> ids) {
    String tenant = caller.tenant();
    Set<String> missing = new HashSet<>(ids);
    missing.removeIf(id -> known.getIfPresent(new Key(tenant, id)) != null);
    if (missing.isEmpty()) {
      return;
    }
    List<Person> copied =
        QuarkusTransaction.requiringNew()
            .call(() -> Person.<Person>list("id in ?1", List.copyOf(missing)));
    copied.forEach(person -> missing.remove(person.id));
    if (!missing.isEmpty()) {
      People found = ask(tenant, missing);
      QuarkusTransaction.requiringNew().run(() -> found.people().forEach(this::put));
      found.people().forEach(person -> known.put(new Key(tenant, person.id()), true));
    }
    copied.forEach(person -> known.put(new Key(tenant, person.id), true));
  }

  private People ask(String tenant, Set<String> ids) {
    try {
      return directory.find("Bearer " + tokens.forPart("presence", tenant), String.join(",", ids));
    } catch (ProcessingException | WebApplicationException | FaultToleranceException e) {
      throw ProblemException.retryAfter(Problem.UNAVAILABLE, "The directory does not answer", 2);
    }
  }

  /// Those of the people who are known here and active. Needs a transaction.
  public Set<String> activeAmong(Collection<String> ids) {
    return Person.<Person>stream("id in ?1 and active", List.copyOf(ids))
        .map(person -> person.id)
        .collect(Collectors.toSet());
  }

  /// Takes over what the owner said, unless something newer is here. Needs a transaction.
  public void put(People.Person person) {
    entities
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
}
