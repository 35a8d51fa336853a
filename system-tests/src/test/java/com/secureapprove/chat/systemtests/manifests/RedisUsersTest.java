package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.platform.redis.RedisKeys;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rights of the Redis user of each component, asked of a real Redis with `ACL DRYRUN`. The
/// system tests show that it suffices: all of them run with these users.
class RedisUsersTest {
  private static final List<String> SERVICES =
      List.of("conversation", "message", "presence", "attachment", "notification");
  private static final List<String> COMPONENTS =
      Stream.concat(Stream.of("gateway"), SERVICES.stream()).toList();

  /// Each kind of key, and the components that may write it.
  private static Map<String, Set<String>> writers() {
    Set<String> services = Set.copyOf(SERVICES);
    Set<String> gateway = Set.of("gateway");
    Map<String, Set<String>> writers = new LinkedHashMap<>();
    writers.put(RedisKeys.stream(3), services);
    writers.put(RedisKeys.changes(3), services);
    writers.put(RedisKeys.ends(3), services);
    for (String service : SERVICES) {
      writers.put(RedisKeys.fence(3, service), Set.of(service));
      writers.put(RedisKeys.deadLetters(3, service), Set.of(service));
    }
    writers.put(RedisKeys.seen("acme"), Set.of("gateway", "presence"));
    writers.put(RedisKeys.online("acme"), Set.of("gateway", "presence"));
    writers.put(RedisKeys.seeded("acme"), Set.of("presence"));
    writers.put(RedisKeys.saved("acme"), Set.of("presence"));
    writers.put(RedisKeys.saving("acme"), Set.of("presence"));
    writers.put(RedisKeys.recentTyping("acme", "c", "p"), Set.of("gateway", "conversation"));
    writers.put(RedisKeys.rateLimit("acme", "messages", "p"), gateway);
    writers.put(RedisKeys.session("d"), gateway);
    writers.put(RedisKeys.sessionTokens("d"), gateway);
    writers.put(RedisKeys.sessionsOf("d"), gateway);
    writers.put(RedisKeys.oneTimeText("d"), gateway);
    writers.put(RedisKeys.revocation("d"), gateway);
    writers.put(RedisKeys.usedLogoutToken("d"), gateway);
    return writers;
  }

  static Stream<String> keys() {
    return writers().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyIsWrittenByItsOwnersOnly(String key) {
    for (String component : COMPONENTS) {
      assertThat(may(component, "SET " + key + " x"))
          .as("%s writes %s", component, key)
          .isEqualTo(writers().getOrDefault(key, Set.of()).contains(component));
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyIsReadByItsOwnersAndStreamsByTheGatewayToo(String key) {
    for (String component : COMPONENTS) {
      boolean owns = writers().getOrDefault(key, Set.of()).contains(component);
      boolean tails = component.equals("gateway") && key.equals(RedisKeys.stream(3));
      assertThat(may(component, "XRANGE " + key + " - +"))
          .as("%s reads %s", component, key)
          .isEqualTo(owns || tails);
    }
  }

  @Test
  void aChannelIsPublishedByItsOwnersOnly() {
    Map<String, Set<String>> publishers =
        Map.of(
            RedisKeys.typing("acme"),
            Set.of("gateway", "conversation"),
            RedisKeys.presence("acme"),
            Set.of("gateway", "presence"),
            RedisKeys.REVOCATIONS,
            Set.of("gateway"),
            RedisKeys.outbox("message"),
            Set.of("message"),
            "chat:pulse:gateway",
            Set.of("gateway"),
            "anything",
            Set.of());
    publishers.forEach((channel, owners) ->
        COMPONENTS.forEach(component ->
            assertThat(may(component, "PUBLISH " + channel + " x"))
                .as("%s publishes on %s", component, channel)
                .isEqualTo(owners.contains(component))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLUSHALL",
        "FLUSHDB",
        "KEYS *",
        "SCAN 0",
        "CONFIG GET *",
        "ACL LIST",
        "ACL WHOAMI",
        "CLIENT LIST",
        "CLIENT KILL TYPE pubsub",
        "MONITOR",
        "DEBUG SLEEP 0",
        "SHUTDOWN",
        "EVAL x 0",
        "FUNCTION DELETE chat",
        "FUNCTION FLUSH",
        "PSUBSCRIBE *",
        "SUBSCRIBE chat:ended",
        "REPLICAOF a 1",
        "SWAPDB 0 1",
        "MIGRATE h 1 k 0 1",
        "SAVE",
      })
  void noComponentMayAdministrate(String command) {
    for (String component : COMPONENTS) {
      assertThat(may(component, command)).as("%s: %s", component, command).isFalse();
    }
  }

  /// The users of an installation with its own Redis: created by the output of `k8s/redis.sh`,
  /// under other names.
  @Test
  void theScriptForOtherServersCreatesTheSameUsers(@TempDir Path passwords) throws Exception {
    for (String component : COMPONENTS) {
      Files.writeString(passwords.resolve("redis-" + component + ".password"), "of-" + component);
    }
    List<String> commands = Programs.output("k8s/redis.sh", passwords.toString()).lines().toList();
    assertThat(commands).hasSize(COMPONENTS.size() + 1).last().isEqualTo("ACL SAVE");
    for (int i = 0; i < COMPONENTS.size(); i++) {
      String component = COMPONENTS.get(i);
      assertThat(commands.get(i)).contains(" chat-" + component + " ").doesNotContain(" of-");
      assertThat(tell(commands.get(i).replace(" chat-", " made-"))).isEqualTo("+OK");
      try {
        assertThat(tell("AUTH made-" + component + " of-" + component)).isEqualTo("+OK");
        keys()
            .forEach(key -> {
              String write = "SET " + key + " x";
              assertThat(mayUser("made-" + component, write)).isEqualTo(may(component, write));
            });
      } finally {
        tell("ACL DELUSER made-" + component);
      }
    }
  }

  private static boolean may(String component, String command) {
    return mayUser("chat-" + component, command);
  }

  private static boolean mayUser(String user, String command) {
    return tell("ACL DRYRUN " + user + " " + command).equals("+OK");
  }

  private static String tell(String command) {
    return BackingServices.shared().redis().tell(0, command);
  }
}
