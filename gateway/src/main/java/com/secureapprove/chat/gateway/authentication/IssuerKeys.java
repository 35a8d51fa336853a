package com.secureapprove.chat.gateway.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.oidc.runtime.OidcProvider;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/// Looks up the keys of an issuer that has rotated them.
///
/// A token with an unknown key id (`kid`) causes one look-up, for which all other tokens of the
/// issuer wait (single-flight). Each issuer has its own budget: one look-up per interval. A key id
/// that the issuer did not have is refused for some seconds without a look-up. So tokens with
/// invented key ids delay a new key by one interval at most.
@Singleton
class IssuerKeys {
  private static final Duration KNOWN = Duration.ofMinutes(5);
  private static final int MAX_ENTRIES = 10_000;
  private static final int MAX_KEY_ID_LENGTH = 256;

  private record KeyId(String configuration, String kid) {}

  /// @param at when it began, in `System.nanoTime`
  private record LookUp(long at, Future<Void> done) {}

  private final Duration interval;
  private final Map<String, LookUp> lookUps = new ConcurrentHashMap<>();
  private final Cache<KeyId, Boolean> known =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).expireAfterWrite(KNOWN).build();
  private final Cache<KeyId, Boolean> unknown;

  IssuerKeys(TokensConfig config) {
    interval = config.keyLookupInterval();
    unknown =
        Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(interval.multipliedBy(2))
            .build();
  }

  /// Whether the issuer has the key that the token names, after a look-up where one is due. The
  /// token itself is not verified.
  Future<Boolean> has(String configuration, OidcProvider provider, String token) {
    String kid = keyIdOf(token);
    if (kid == null) {
      return Future.succeededFuture(true); // the verification decides
    }
    KeyId key = new KeyId(configuration, kid);
    if (known.getIfPresent(key) != null) {
      return Future.succeededFuture(true);
    }
    if (kid.length() > MAX_KEY_ID_LENGTH || unknown.getIfPresent(key) != null) {
      return Future.succeededFuture(false);
    }
    if (isResolvable(provider, token)) {
      known.put(key, Boolean.TRUE);
      return Future.succeededFuture(true);
    }
    LookUp latest = lookUps.get(configuration);
    boolean due = latest == null || System.nanoTime() - latest.at() >= interval.toNanos();
    Future<Void> done =
        latest == null || due ? lookUp(configuration, provider, token) : latest.done();
    return done.map(_ -> {
      boolean found = isResolvable(provider, token);
      if (found) {
        known.put(key, Boolean.TRUE);
      } else if (due) {
        unknown.put(key, Boolean.TRUE);
      }
      return found;
    });
  }

  private Future<Void> lookUp(String configuration, OidcProvider provider, String token) {
    Promise<Void> done = Promise.promise();
    LookUp mine = new LookUp(System.nanoTime(), done.future());
    LookUp current =
        lookUps.merge(
            configuration,
            mine,
            (former, next) -> next.at() - former.at() >= interval.toNanos() ? next : former);
    if (current != mine) {
      return current.done();
    }
    UniHelper.toFuture(provider.refreshJwksAndVerifyJwtToken(token, false, false, null))
        .onComplete(_ -> done.complete()); // also if the token is not valid
    return done.future();
  }

  private static boolean isResolvable(OidcProvider provider, String token) {
    try {
      provider.verifyJwtToken(token, false, false, null);
      return true;
    } catch (InvalidJwtException e) {
      return !(e.getCause() instanceof UnresolvableKeyException);
    } catch (RuntimeException _) {
      return true; // the text is no token, which the verification reports
    }
  }

  private static @Nullable String keyIdOf(String token) {
    try {
      String header = token.substring(0, Math.max(0, token.indexOf('.')));
      return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(header))).getString("kid");
    } catch (IllegalArgumentException | DecodeException | ClassCastException _) {
      return null;
    }
  }
}
