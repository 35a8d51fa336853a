package com.secureapprove.chat.gateway.authentication;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.contracts.SignInRefusal;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Caches which person an account belongs to, as presence-service answered.
///
/// Directory events invalidate entries. A lookup that started before an event may complete after it
/// with an older answer. So the newest event of each person is kept longer than any lookup takes,
/// and overrules older answers.
@Singleton
public class PersonCache {
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(60);
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(3);
  private static final int MAX_ENTRIES = 100_000;

  private record AccountKey(String tenant, People.SignIn signIn) {}

  private record PersonKey(String tenant, String userId) {}

  /// The newest state of a person that an event has announced.
  private record Announced(long version, boolean active) {}

  private final UpstreamCalls calls;
  private final AsyncCache<AccountKey, People.Person> people =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(TIME_TO_LIVE).buildAsync();
  private final Cache<PersonKey, Announced> announced =
      Caffeine.newBuilder()
          .maximumSize(MAX_ENTRIES)
          .expireAfterWrite(TIME_TO_LIVE.multipliedBy(2))
          .build();

  PersonCache(UpstreamCalls calls) {
    this.calls = calls;
  }

  /// The person of a verified account. Fails with a [ProblemException] of 403 if the directory has
  /// no active person for it.
  Future<People.Person> of(String tenant, People.SignIn signIn) {
    return Future.fromCompletionStage(
            people.get(
                new AccountKey(tenant, signIn),
                (account, _) ->
                    calls
                        .post(
                            Upstream.PRESENCE,
                            CallKind.OWN,
                            new Share(account.tenant(), account.signIn().subject()),
                            "/internal/sign-ins",
                            account.signIn(),
                            People.Person.class,
                            LOOKUP_TIMEOUT)
                        .toCompletionStage()
                        .toCompletableFuture()))
        .recover(PersonCache::unwrapped)
        .compose(person -> requireActive(tenant, person));
  }

  private static Future<People.Person> unwrapped(Throwable failure) {
    return Future.failedFuture(
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure);
  }

  private Future<People.Person> requireActive(String tenant, People.Person person) {
    Announced newest = announced.getIfPresent(new PersonKey(tenant, person.id()));
    boolean active =
        newest != null && newest.version() > person.version() ? newest.active() : person.active();
    return active
        ? Future.succeededFuture(person)
        : Future.failedFuture(
            new ProblemException(Problem.FORBIDDEN, SignInRefusal.INACTIVE.detail()));
  }

  /// Applies a directory event: removes the person's cached answers.
  public void changed(String tenant, String userId, long version, boolean active) {
    announced
        .asMap()
        .merge(
            new PersonKey(tenant, userId),
            new Announced(version, active),
            (known, other) -> other.version() > known.version() ? other : known);
    people
        .asMap()
        .entrySet()
        .removeIf(
            entry -> entry.getKey().tenant().equals(tenant) && isOf(userId, entry.getValue()));
  }

  private static boolean isOf(String userId, CompletableFuture<People.Person> answer) {
    return answer.isDone()
        && !answer.isCompletedExceptionally()
        && answer.join().id().equals(userId);
  }

  /// Whether the newest recent event about the person says that they are inactive.
  public boolean isInactive(String tenant, String userId) {
    Announced newest = announced.getIfPresent(new PersonKey(tenant, userId));
    return newest != null && !newest.active();
  }

  /// Clears the cache, because directory events may have been lost.
  public void eventsLost() {
    people.synchronous().invalidateAll();
  }
}
