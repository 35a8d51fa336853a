package com.secureapprove.chat.gateway.browsersession;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.keys.ReactiveKeyCommands;
import io.quarkus.redis.datasource.set.ReactiveSetCommands;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Stores the tokens of browser sessions, so that the cookie holds only the session's id.
///
/// Redis key `chat:tokens:<digest of the id>` is the encrypted text and expires with the cookie.
/// `chat:sessions-of:<digest of a name>` lists the digests of the sessions that an issuer ends
/// together: those of one session at the issuer, and those of an account.
///
/// While Redis is unavailable, the sessions that this gateway has used lately keep working.
// Caffeine derives this class name from the settings of the cache; Quarkus registers only common
// ones.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.SSMWW")
@Singleton
public class SessionTokens {
  private static final Duration INDEX_RETENTION = Duration.ofHours(24);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration CACHED = Duration.ofMinutes(10);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MAX_CAUSES = 10;
  private static final long MAX_CACHED_CHARACTERS = 32 << 20;

  private final ReactiveValueCommands<String, String> values;
  private final ReactiveKeyCommands<String> keys;
  private final ReactiveSetCommands<String, String> sets;
  private final Cache<String, String> recent =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CACHED_CHARACTERS)
          .weigher((String _, String text) -> text.length())
          .expireAfterWrite(CACHED)
          .build();

  /// Texts that need no look-up, because Redis had them less than [#FRESH] ago.
  private final Cache<String, Boolean> fresh =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(FRESH).build();

  SessionTokens(ReactiveRedisDataSource redis) {
    values = redis.value(String.class);
    keys = redis.key(String.class);
    sets = redis.set(String.class);
  }

  /// Redis cannot be reached, so the session is neither known nor unknown.
  public static final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(Throwable cause) {
      super("The session store is not available", cause);
    }
  }

  /// Whether a failure was caused by [Unavailable].
  public static boolean isUnavailable(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .anyMatch(Unavailable.class::isInstance);
  }

  /// Stores the text of a new session.
  ///
  /// @param names the names under which an issuer may end the session
  /// @return fails with [Unavailable]
  public Uni<Void> begin(
      BrowserSession session, String text, Duration lifetime, Collection<String> names) {
    String digest = session.digest();
    return available(
            values
                .psetex(RedisKeys.sessionTokens(digest), lifetime.toMillis(), text)
                .chain(() -> addNames(digest, names)))
        .invoke(() -> recent.put(digest, text));
  }

  private Uni<Void> addNames(String digest, Collection<String> names) {
    Uni<Void> added = Uni.createFrom().voidItem();
    for (String name : names) {
      String index = RedisKeys.sessionsOf(BrowserSession.digest(name));
      added =
          added
              .chain(() -> sets.sadd(index, digest))
              .chain(() -> keys.expire(index, INDEX_RETENTION))
              .replaceWithVoid();
    }
    return added;
  }

  /// Replaces the text of a session; false if the session has ended.
  ///
  /// @return fails with [Unavailable]
  public Uni<Boolean> replace(
      BrowserSession session, String text, Duration lifetime, Collection<String> names) {
    String digest = session.digest();
    return available(
            values
                .setAndChanged(
                    RedisKeys.sessionTokens(digest), text, new SetArgs().xx().px(lifetime))
                .chain(replaced ->
                    replaced
                        ? addNames(digest, names).replaceWith(true)
                        : Uni.createFrom().item(false)))
        .invoke(replaced -> {
          if (replaced) {
            recent.put(digest, text);
          }
        });
  }

  /// The text of a session; an empty text if there is no such session.
  ///
  /// @return fails with [Unavailable] if Redis does not respond and this gateway has not used the
  ///   session lately
  public Uni<String> of(BrowserSession session) {
    String digest = session.digest();
    String known = recent.getIfPresent(digest);
    if (known != null && fresh.getIfPresent(digest) != null) {
      return Uni.createFrom().item(known);
    }
    return available(values.get(RedisKeys.sessionTokens(digest)))
        .map(text -> text == null ? "" : text)
        .invoke(text -> {
          if (text.isEmpty()) {
            recent.invalidate(digest);
          } else {
            recent.put(digest, text);
            fresh.put(digest, Boolean.TRUE);
          }
        })
        .onFailure()
        .recoverWithUni(failure ->
            known == null ? Uni.createFrom().failure(failure) : Uni.createFrom().item(known));
  }

  /// Removes the text of a session.
  Uni<Void> end(String digest) {
    forget(digest);
    return keys.del(RedisKeys.sessionTokens(digest)).replaceWithVoid();
  }

  void forget(String digest) {
    recent.invalidate(digest);
  }

  /// The digests of the sessions with a name.
  Uni<Set<String>> named(String name) {
    return available(sets.smembers(RedisKeys.sessionsOf(BrowserSession.digest(name))));
  }

  private static <T> Uni<T> available(Uni<T> call) {
    return call.ifNoItem()
        .after(TIMEOUT)
        .fail()
        .onFailure()
        .transform(failure -> failure instanceof Unavailable ? failure : new Unavailable(failure));
  }
}
