package com.secureapprove.chat.localstack.backing;

import com.secureapprove.chat.localstack.keys.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The users of Redis, one a component, as `users.acl` describes them.
final class RedisUsers {
  private static final String PREFIX = "chat-";

  private final Secrets secrets;

  RedisUsers(Secrets secrets) {
    this.secrets = secrets;
  }

  /// The user of a component.
  static String name(String component) {
    return PREFIX + component;
  }

  String password(String component) {
    return secrets.get("redis-" + component);
  }

  /// The lines of Redis's configuration file.
  String configuration() {
    return rules()
        .lines()
        .filter(line -> line.startsWith(PREFIX))
        .map(this::user)
        .collect(Collectors.joining());
  }

  private String user(String line) {
    String[] parts = line.split("\\s+", 2);
    String component = parts[0].substring(PREFIX.length());
    return "user %s on >%s %s%n".formatted(parts[0], password(component), parts[1]);
  }

  private static String rules() {
    try (@Nullable InputStream rules = RedisUsers.class.getResourceAsStream("/redis/users.acl")) {
      if (rules == null) {
        throw new IllegalStateException("users.acl is not packaged");
      }
      return new String(rules.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
