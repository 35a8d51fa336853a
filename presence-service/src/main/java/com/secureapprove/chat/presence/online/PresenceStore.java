package com.secureapprove.chat.presence.online;

import com.secureapprove.chat.platform.redis.RedisFunctions;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.sortedset.ScoreRange;
import io.quarkus.redis.datasource.sortedset.ScoredValue;
import io.quarkus.redis.datasource.sortedset.SortedSetCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.quarkus.redis.datasource.value.ValueCommands;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What Redis knows of a tenant's store. The keys are told in `redis/chat.lua`; besides them:
///
/// - `chat:{acme}:saved`: up to when `seen` is in PostgreSQL, in ms
/// - `chat:{acme}:saving`: there for a while after a replica has begun to bring it there
@Singleton
class PresenceStore {
  private final RedisFunctions functions;
  private final SortedSetCommands<String, String> sets;
  private final ValueCommands<String, String> values;

  PresenceStore(RedisDataSource redis, RedisFunctions functions) {
    this.functions = functions;
    this.sets = redis.sortedSet(String.class);
    this.values = redis.value(String.class);
  }

  /// Those who count as online.
  Set<String> online(String tenant) {
    return new HashSet<>(sets.zrange(key(tenant, "online"), 0, -1));
  }

  /// When people were last active, as far back as Redis keeps it.
  Map<String, Instant> seen(String tenant) {
    return byPerson(sets.zrangeWithScores(key(tenant, "seen"), 0, -1));
  }

  /// Lets those go offline who have been silent for longer than that, and tells it. False where
  /// Redis has lost its data and [#seed] is to come first.
  boolean sweep(String tenant, Duration silence) {
    List<String> keys = List.of(key(tenant, "seen"), key(tenant, "online"), key(tenant, "seeded"));
    List<String> arguments = List.of(Long.toString(silence.toMillis()));
    return functions.call("presence_sweep", keys, arguments) != null;
  }

  /// Takes these people as online from now on.
  void seed(String tenant, Map<String, Instant> lastSeen) {
    List<String> keys = List.of(key(tenant, "seen"), key(tenant, "online"), key(tenant, "seeded"));
    List<String> arguments = new ArrayList<>();
    lastSeen.forEach((person, at) -> {
      arguments.add(person);
      arguments.add(Long.toString(at.toEpochMilli()));
    });
    functions.call("presence_seed", keys, arguments);
  }

  /// Whether it is this replica's turn to save; nobody else's within that time.
  boolean takeTurnToSave(String tenant, Duration interval) {
    return values.setAndChanged(key(tenant, "saving"), "1", new SetArgs().nx().px(interval));
  }

  /// Who was active since the last [#saved].
  Map<String, Instant> unsaved(String tenant) {
    String saved = values.get(key(tenant, "saved"));
    double from = saved == null ? 0 : Double.parseDouble(saved);
    return byPerson(
        sets.zrangebyscoreWithScores(
            key(tenant, "seen"), ScoreRange.from(from, Double.POSITIVE_INFINITY)));
  }

  /// Everything up to then is in PostgreSQL; what is older than `forget` need not stay here.
  void saved(String tenant, Instant upTo, Instant forget) {
    values.set(key(tenant, "saved"), Long.toString(upTo.toEpochMilli()));
    Instant oldest = forget.isBefore(upTo) ? forget : upTo;
    sets.zremrangebyscore(
        key(tenant, "seen"),
        new ScoreRange<>(Double.NEGATIVE_INFINITY, (double) oldest.toEpochMilli()));
  }

  private static Map<String, Instant> byPerson(List<ScoredValue<String>> entries) {
    Map<String, Instant> at = new LinkedHashMap<>();
    entries.forEach(e -> at.put(e.value(), Instant.ofEpochMilli((long) e.score())));
    return at;
  }

  private static String key(String tenant, String name) {
    return "chat:{" + tenant + "}:" + name;
  }
}
