package com.secureapprove.chat.gateway.authentication;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The people to whom verified accounts are linked, as presence-service told a short while ago.
@Singleton
public class PersonCache {
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int MOST = 100_000;

  private record VerifiedAccount(String tenant, People.SignIn signIn) {}

  private record Key(String tenant, String userId) {}

  private record News(long version, boolean active) {}

  private final UpstreamCalls calls;
  private final AsyncCache<VerifiedAccount, People.Person> people =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).buildAsync();

  /// What events said, for longer than an answer is kept that was under way at the time.
  private final Cache<Key, News> news =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT.multipliedBy(2)).build();

  PersonCache(UpstreamCalls calls) {
    this.calls = calls;
  }

  /// The person of a verified account. Fails with a [ProblemException] of 403 where the directory
  /// does not let them in.
  Future<People.Person> of(String tenant, People.SignIn signIn) {
    return Future.fromCompletionStage(
            people.get(
                new VerifiedAccount(tenant, signIn),
                (account, _) ->
                    calls
                        .post(
                            Upstream.PRESENCE,
                            account.tenant(),
                            "/internal/sign-ins",
                            account.signIn(),
                            People.Person.class,
                            LIMIT)
                        .toCompletionStage()
                        .toCompletableFuture()))
        .recover(PersonCache::unwrapped)
        .compose(person -> admit(tenant, person));
  }

  private static Future<People.Person> unwrapped(Throwable failure) {
    return Future.failedFuture(
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure);
  }

  private Future<People.Person> admit(String tenant, People.Person person) {
    News newer = news.getIfPresent(new Key(tenant, person.id()));
    boolean active =
        newer != null && newer.version() > person.version() ? newer.active() : person.active();
    return active
        ? Future.succeededFuture(person)
        : Future.failedFuture(
            new ProblemException(Problem.FORBIDDEN, "This account is not active"));
  }

  /// A person has changed; what was said about them before is forgotten.
  public void changed(String tenant, String userId, long version, boolean active) {
    news.asMap()
        .merge(
            new Key(tenant, userId),
            new News(version, active),
            (known, told) -> told.version() > known.version() ? told : known);
    // an answer that is still under way is held against the news when it comes
    people
        .asMap()
        .entrySet()
        .removeIf(
            entry -> entry.getKey().tenant().equals(tenant) && isKnownAs(userId, entry.getValue()));
  }

  private static boolean isKnownAs(String userId, CompletableFuture<People.Person> answer) {
    return answer.isDone()
        && !answer.isCompletedExceptionally()
        && answer.join().id().equals(userId);
  }

  /// Whether the newest that was said about a person a short while ago is that they are not active.
  public boolean isOut(String tenant, String userId) {
    News newest = news.getIfPresent(new Key(tenant, userId));
    return newest != null && !newest.active();
  }

  /// What was said about anybody may have changed since, unheard.
  public void missed() {
    people.synchronous().invalidateAll();
  }
}
