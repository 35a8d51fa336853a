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
/// if Redis has lost it. Thread-safe. Blocks.
@Singleton
public class RedisFunctions {
  private final RedisDataSource redis;
  private volatile boolean loaded;

  RedisFunctions(RedisDataSource redis) {
    // The proxy creates the client at the first call, possibly from our own thread while Quarkus
    // creates its
    // other clients. Quarkus keeps them in a map that is not thread-safe.
    this.redis = ClientProxy.unwrap(redis);
  }

  /// Calls a function and returns its answer.
  ///
  /// @param keys every key that the function uses; all with the same hash tag
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
