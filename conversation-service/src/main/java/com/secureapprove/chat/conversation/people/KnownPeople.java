package com.secureapprove.chat.conversation.people;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// The people whom conversations can be had with.
@Singleton
public class KnownPeople {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final EntityManager database;
  private final Directory directory;
  private final InternalTokens tokens;
  private final Caller caller;

  KnownPeople(
      EntityManager database,
      @RestClient Directory directory,
      InternalTokens tokens,
      Caller caller) {
    this.database = database;
    this.directory = directory;
    this.tokens = tokens;
    this.caller = caller;
  }

  /// Those of these who are active in the caller's tenant. The owner is asked for those who are not
  /// in the copy. Call it outside a transaction.
  ///
  /// @throws ProblemException 503 where the owner is needed and does not answer
  public Set<String> active(Collection<String> ids) {
    // What cannot be an id is not asked for: it would only make the question malformed.
    Set<String> possible = new LinkedHashSet<>(ids);
    possible.removeIf(id -> !ID.matcher(id).matches());
    Map<String, Boolean> active = new HashMap<>();
    QuarkusTransaction.requiringNew()
        .call(() -> Person.<Person>list("id in ?1", possible))
        .forEach(person -> active.put(person.id, person.active));
    List<String> missing = possible.stream().filter(id -> !active.containsKey(id)).toList();
    for (int from = 0; from < missing.size(); from += Directory.MOST) {
      People found = ask(missing.subList(from, Math.min(from + Directory.MOST, missing.size())));
      // In one order, or two who learn of the same people at once wait for each other for ever.
      QuarkusTransaction.requiringNew()
          .run(() ->
              found.people().stream()
                  .sorted(Comparator.comparing(People.Person::id))
                  .forEach(this::put));
      found.people().forEach(person -> active.put(person.id(), person.active()));
    }
    possible.removeIf(id -> !active.getOrDefault(id, false));
    return possible;
  }

  /// Whether the copy knows them, and as active. Needs a transaction.
  public boolean isActive(String id) {
    return Person.count("id = ?1 and active", id) > 0;
  }

  private People ask(List<String> ids) {
    String token = "Bearer " + tokens.forPart("presence", caller.tenant());
    try {
      return directory.find(token, String.join(",", ids));
    } catch (ProcessingException | WebApplicationException | FaultToleranceException e) {
      throw ProblemException.retryAfter(Problem.UNAVAILABLE, "The directory does not answer", 2);
    }
  }

  /// Takes over what the owner said, unless something newer is here. Needs a transaction.
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
}
