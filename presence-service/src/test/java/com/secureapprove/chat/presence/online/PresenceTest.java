package com.secureapprove.chat.presence.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.presence.PresenceCalls;
import com.secureapprove.chat.presence.PresenceStores;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
class PresenceTest {
  private static final String PATH = "/api/chat/conversations/presence/";
  private static final Duration SILENCE = Duration.ofSeconds(120);

  @Inject RedisDataSource redis;
  @Inject RedisFunctions functions;
  @Inject PresenceStore store;
  @Inject PresenceSweeper sweeper;

  @Test
  void allActivePeopleAreListedByEmailIncludingTheCaller() {
    String zoe = PresenceCalls.person("list", "zoe");
    String adam = PresenceCalls.person("list", "adam");
    PresenceCalls.person("list", "gone", "Gone", false);
    PresenceCalls.person("elsewhere", "bert");

    PresenceCalls.of(zoe, "list")
        .get(PATH)
        .then()
        .statusCode(200)
        .body("id", equalTo(List.of(adam, zoe)))
        .body("[0].name", equalTo("adam"))
        .body("[0].email", equalTo("adam@list.test"))
        .body("[0].is_online", equalTo(false))
        .body("[0].last_seen", nullValue());
  }

  @Test
  void theFirstActivityPublishesOnline() throws Exception {
    String ada = PresenceCalls.person("touch", "ada");
    BlockingQueue<String> told = changesOf("touch");

    assertThat(touch("touch", ada)).isEqualTo(1);
    assertThat(touch("touch", ada)).isZero();

    assertThat(told.poll(5, TimeUnit.SECONDS))
        .matches("\\{\"user_id\":\"" + ada + "\",\"is_online\":true,\"last_seen\":\"\\d{4}-.*Z\"}");
    PresenceCalls.of(ada, "touch")
        .get(PATH)
        .then()
        .body("[0].is_online", equalTo(true))
        .body("[0].last_seen", notNullValue());
    Instant seen = Instant.parse(PresenceCalls.of(ada, "touch").get(PATH).path("[0].last_seen"));
    assertThat(seen).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    assertThat(told).isEmpty();
  }

  @Test
  void notificationServiceReadsWhoIsOnline() {
    String ida = PresenceCalls.person("away", "ida");
    String jon = PresenceCalls.person("away", "jon");
    touch("away", ida);
    String path = "/internal/online?user_ids=" + jon + "," + ida;

    PresenceCalls.by("notification", "away")
        .get(path)
        .then()
        .statusCode(200)
        .body("user_ids", equalTo(List.of(ida)));
    PresenceCalls.by("notification", "elsewhere")
        .get(path)
        .then()
        .body("user_ids", equalTo(List.of()));
    PresenceCalls.by("message", "away").get(path).then().statusCode(403);
    PresenceCalls.by("notification", "away")
        .get("/internal/online?user_ids=" + "a,".repeat(201))
        .then()
        .statusCode(400);
  }

  @Test
  void notificationServiceReadsHowToReachAPersonAndSinceWhenTheyAreAway() {
    String ida = PresenceCalls.person("reach", "ida");
    String jon = PresenceCalls.person("reach", "jon", "Jon", false);
    touch("reach", ida);

    PresenceCalls.by("notification", "reach")
        .get("/internal/contacts/" + ida)
        .then()
        .statusCode(200)
        .body("email", equalTo("ida@reach.test"))
        .body("active", equalTo(true))
        .body("is_online", equalTo(true))
        .body("last_seen", notNullValue());
    PresenceCalls.by("notification", "reach")
        .get("/internal/contacts/" + jon)
        .then()
        .body("active", equalTo(false))
        .body("is_online", equalTo(false))
        .body("last_seen", nullValue());
    PresenceCalls.by("notification", "elsewhere")
        .get("/internal/contacts/" + ida)
        .then()
        .statusCode(404);
    PresenceCalls.by("gateway", "reach").get("/internal/contacts/" + ida).then().statusCode(403);
  }

  @Test
  void inactivityPublishesOfflineOnceAcrossReplicas() throws Exception {
    String ben = PresenceCalls.person("silent", "ben");
    sweeper.sweep(); // marks the data as seeded
    touch("silent", ben);
    BlockingQueue<String> told = changesOf("silent");
    Instant longAgo = Instant.now().minusSeconds(121);
    redis.sortedSet(String.class).zadd("chat:{silent}:online", longAgo.toEpochMilli(), ben);

    try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        replicas.submit(() -> store.sweep("silent", SILENCE));
      }
    }

    assertThat(told.poll(5, TimeUnit.SECONDS)).contains(ben).contains("\"is_online\":false");
    touch("silent", ben); // a duplicate offline signal would arrive before this one
    assertThat(told.poll(5, TimeUnit.SECONDS)).contains("\"is_online\":true");
    assertThat(told).isEmpty();
  }

  @Test
  void lastSeenIsSavedToPostgresAndSurvivesALossOfRedis() {
    String eve = PresenceCalls.person("saved", "eve");
    sweeper.sweep();
    touch("saved", eve);
    Instant seen = Instant.parse(PresenceCalls.of(eve, "saved").get(PATH).path("[0].last_seen"));

    sweeper.save();
    forget("saved");

    PresenceCalls.of(eve, "saved").get(PATH).then().body("[0].last_seen", equalTo(seen.toString()));
  }

  @Test
  void aLossOfRedisDataMarksNoPersonOffline() throws Exception {
    String max = PresenceCalls.person("lost", "max");
    String old = PresenceCalls.person("lost", "old");
    sweeper.sweep();
    redis
        .sortedSet(String.class)
        .zadd("chat:{lost}:seen", Instant.now().minusSeconds(3600).toEpochMilli(), old);
    touch("lost", max);
    sweeper.save();
    forget("lost");
    BlockingQueue<String> told = changesOf("lost");

    sweeper.sweep();

    assertThat(store.online("lost")).containsExactly(max);
    assertThat(touch("lost", max)).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void anUnchangedListIsNotModified() {
    String kim = PresenceCalls.person("etag", "kim");
    String tag = PresenceCalls.of(kim, "etag").get(PATH).then().extract().header("ETag");

    PresenceCalls.of(kim, "etag").header("If-None-Match", tag).get(PATH).then().statusCode(304);
    touch("etag", kim);
    PresenceCalls.of(kim, "etag")
        .header("If-None-Match", tag)
        .get(PATH)
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("private, no-cache"));
  }

  @Test
  void thePathMayOmitTheSlashAndNeedsAUser() {
    PresenceCalls.of("u", "nobody").get("/api/chat/conversations/presence").then().statusCode(200);
    PresenceCalls.by("gateway", "nobody").get(PATH).then().statusCode(403);
    RestAssured.get(PATH).then().statusCode(401);
  }

  private int touch(String tenant, String person) {
    return Objects.requireNonNull(
            functions.call(
                "presence_touch",
                List.of("chat:{" + tenant + "}:seen", "chat:{" + tenant + "}:online"),
                List.of(person)))
        .size();
  }

  private void forget(String tenant) {
    for (String name : List.of("seen", "online", "seeded", "saved", "saving")) {
      redis.key().del("chat:{" + tenant + "}:" + name);
    }
  }

  private BlockingQueue<String> changesOf(String tenant) {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    redis.pubsub(String.class).subscribe("chat:{" + tenant + "}:presence", told::add);
    return told;
  }

  @Test
  void theFunctionLibraryIsReloadedAfterALossOfRedis() {
    String ida = PresenceCalls.person("forgot", "ida");
    redis.execute("FUNCTION", "FLUSH");

    assertThat(touch("forgot", ida)).isEqualTo(1);
    assertThat(store.seen("forgot")).containsOnlyKeys(ida);
  }
}
