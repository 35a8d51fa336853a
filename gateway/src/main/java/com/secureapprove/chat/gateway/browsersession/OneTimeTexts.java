package com.secureapprove.chat.gateway.browsersession;

import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Texts for the next request of a browser. Redis key `chat:once:<digest of the name>` holds a text
/// for one minute, encrypted; reading removes it.
@Singleton
public class OneTimeTexts {
  private static final Duration RETENTION = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final int MAX_NAME_LENGTH = 64;

  private final ReactiveValueCommands<String, String> values;
  private final SessionCipher cipher;

  OneTimeTexts(ReactiveRedisDataSource redis, SessionCipher cipher) {
    values = redis.value(String.class);
    this.cipher = cipher;
  }

  /// Stores a text and returns its secret name. Fails if Redis does not respond.
  public Future<String> store(String text) {
    String name = cipher.newId();
    return bounded(values.setex(key(name), RETENTION.toSeconds(), cipher.encrypt(name, text)))
        .map(name);
  }

  /// Removes and returns a text; empty if there is none. Fails if Redis does not respond.
  public Future<Optional<String>> take(String name) {
    return name.length() > MAX_NAME_LENGTH
        ? Future.succeededFuture(Optional.empty())
        : bounded(values.getdel(key(name)))
            .map(text -> Optional.ofNullable(text).flatMap(t -> cipher.decrypt(name, t)));
  }

  private static String key(String name) {
    return RedisKeys.oneTimeText(BrowserSession.digest(name));
  }

  private static <T> Future<T> bounded(Uni<T> call) {
    return UniHelper.toFuture(call.ifNoItem().after(TIMEOUT).fail());
  }
}
