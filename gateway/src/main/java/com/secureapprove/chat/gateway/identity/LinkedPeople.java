package com.secureapprove.chat.gateway.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.gateway.calls.Part;
import com.secureapprove.chat.gateway.calls.PartCalls;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/// The people to whom verified accounts are linked, as presence-service told a short while ago.
@Singleton
public class LinkedPeople {
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int MOST = 100_000;

  private record Account(String tenant, People.SignIn signIn) {}

  private final PartCalls calls;
  private final AsyncCache<Account, People.Person> people =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).buildAsync();

  LinkedPeople(PartCalls calls) {
    this.calls = calls;
  }

  /// The person of a verified account. Fails with a [ProblemException] of 403 where the directory
  /// does not let them in.
  Future<People.Person> of(String tenant, People.SignIn signIn) {
    return Future.fromCompletionStage(
            people.get(
                new Account(tenant, signIn),
                (account, _) ->
                    calls
                        .post(
                            Part.PRESENCE,
                            account.tenant(),
                            "/internal/sign-ins",
                            account.signIn(),
                            People.Person.class,
                            LIMIT)
                        .toCompletionStage()
                        .toCompletableFuture()))
        .recover(LinkedPeople::unwrapped)
        .compose(LinkedPeople::admit);
  }

  private static Future<People.Person> unwrapped(Throwable failure) {
    return Future.failedFuture(
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure);
  }

  private static Future<People.Person> admit(People.Person person) {
    return person.active()
        ? Future.succeededFuture(person)
        : Future.failedFuture(
            new ProblemException(Problem.FORBIDDEN, "This account is not active"));
  }

  /// Forgets what was said about a person, who has changed since.
  public void forget(String tenant, String userId) {
    people
        .synchronous()
        .asMap()
        .entrySet()
        .removeIf(entry ->
            entry.getKey().tenant().equals(tenant) && entry.getValue().id().equals(userId));
  }
}
