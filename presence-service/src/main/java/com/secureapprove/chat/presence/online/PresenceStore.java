package com.secureapprove.chat.presence.online;

import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.redis.RedisKeys;
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
import java.util.Optional;
import java.util.Set;

/// The presence data of a tenant in Redis. [RedisKeys] documents the keys.
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

  /// Returns the ids of the people who are online.
  Set<String> online(String tenant) {
    return new HashSet<>(sets.zrange(RedisKeys.online(tenant), 0, -1));
  }

  /// Whether a person is online.
  boolean isOnline(String tenant, String person) {
    return sets.zscore(RedisKeys.online(tenant), person).isPresent();
  }

  /// Returns the last activity of a person, as far as Redis retains it.
  Optional<Instant> seen(String tenant, String person) {
    return sets.zscore(RedisKeys.seen(tenant), person).stream()
        .mapToObj(score -> Instant.ofEpochMilli((long) score))
        .findFirst();
  }

  /// Returns the last activity of each person, as far as Redis retains it.
  Map<String, Instant> seen(String tenant) {
    return byPerson(sets.zrangeWithScores(RedisKeys.seen(tenant), 0, -1));
  }

  /// Marks people as offline if they were inactive for longer than `silence`, and publishes each
  /// change. Returns false if Redis has lost its data; call [#seed] first in this case.
  boolean sweep(String tenant, Duration silence) {
    List<String> keys =
        List.of(RedisKeys.seen(tenant), RedisKeys.online(tenant), RedisKeys.seeded(tenant));
    List<String> arguments = List.of(Long.toString(silence.toMillis()));
    return functions.call("presence_sweep", keys, arguments) != null;
  }

  /// Marks the given people as online after Redis lost its data.
  void seed(String tenant, Map<String, Instant> lastSeen) {
    List<String> keys =
        List.of(RedisKeys.seen(tenant), RedisKeys.online(tenant), RedisKeys.seeded(tenant));
    List<String> arguments = new ArrayList<>();
    lastSeen.forEach((person, at) -> {
      arguments.add(person);
      arguments.add(Long.toString(at.toEpochMilli()));
    });
    functions.call("presence_seed", keys, arguments);
  }

  /// Acquires the lease for saving. Other replicas cannot acquire it until the interval ends.
  boolean acquireSaveLease(String tenant, Duration interval) {
    return values.setAndChanged(RedisKeys.saving(tenant), "1", new SetArgs().nx().px(interval));
  }

  /// Returns the people who were active since the last [#saved].
  Map<String, Instant> unsaved(String tenant) {
    String saved = values.get(RedisKeys.saved(tenant));
    double from = saved == null ? 0 : Double.parseDouble(saved);
    return byPerson(
        sets.zrangebyscoreWithScores(
            RedisKeys.seen(tenant), ScoreRange.from(from, Double.POSITIVE_INFINITY)));
  }

  /// Records that PostgreSQL has all data up to `upTo`. Removes saved data that is older than
  /// `forget`.
  void saved(String tenant, Instant upTo, Instant forget) {
    values.set(RedisKeys.saved(tenant), Long.toString(upTo.toEpochMilli()));
    Instant oldest = forget.isBefore(upTo) ? forget : upTo;
    sets.zremrangebyscore(
        RedisKeys.seen(tenant),
        new ScoreRange<>(Double.NEGATIVE_INFINITY, (double) oldest.toEpochMilli()));
  }

  private static Map<String, Instant> byPerson(List<ScoredValue<String>> entries) {
    Map<String, Instant> at = new LinkedHashMap<>();
    entries.forEach(e -> at.put(e.value(), Instant.ofEpochMilli((long) e.score())));
    return at;
  }
}
