package com.secureapprove.chat.platform.redis;

import io.quarkus.arc.ClientProxy;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Calls the functions of `redis/chat.lua`. The library is loaded before the first call, and again
/// where Redis has come back without it. Thread-safe; blocks.
@Singleton
public class RedisFunctions {
  private final RedisDataSource redis;
  private volatile boolean loaded;

  RedisFunctions(RedisDataSource redis) {
    // Behind its proxy the client is made at the first call. That may come from a thread of our own
    // while Quarkus makes its other clients, and it keeps them in a map that bears one thread only.
    this.redis = ClientProxy.unwrap(redis);
  }

  /// What the function answers.
  ///
  /// @param keys every key that the function touches; all of one hash tag
  public @Nullable Response call(String function, List<String> keys, List<String> arguments) {
    if (!loaded) {
      load();
    }
    List<String> command = new ArrayList<>(keys.size() + arguments.size() + 2);
    command.add(function);
    command.add(Integer.toString(keys.size()));
    command.addAll(keys);
    command.addAll(arguments);
    String[] call = command.toArray(String[]::new);
    try {
      return redis.execute("FCALL", call);
    } catch (RuntimeException e) {
      if (!String.valueOf(e.getMessage()).contains("Function not found")) {
        throw e;
      }
      load();
      return redis.execute("FCALL", call);
    }
  }

  private void load() {
    try (InputStream source = RedisFunctions.class.getResourceAsStream("/redis/chat.lua")) {
      byte[] library = Objects.requireNonNull(source).readAllBytes();
      redis.execute("FUNCTION", "LOAD", "REPLACE", new String(library, StandardCharsets.UTF_8));
      loaded = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
