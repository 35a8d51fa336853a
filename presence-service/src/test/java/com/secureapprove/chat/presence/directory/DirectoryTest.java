package com.secureapprove.chat.presence.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.secureapprove.chat.presence.PresenceCalls;
import com.secureapprove.chat.presence.PresenceStores;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
class DirectoryTest {

  @Test
  void aChangeKeepsTheIdAndIncrementsTheVersion() {
    String id = PresenceCalls.person("acme", "olga");

    assertThat(PresenceCalls.person("acme", "olga")).isEqualTo(id);
    assertThat(version("acme", id)).isEqualTo(1);

    assertThat(PresenceCalls.person("acme", "OLGA", "Olga", true)).isEqualTo(id);
    assertThat(version("acme", id)).isEqualTo(2);
  }

  @Test
  void anExternalIdIdentifiesAPersonAfterARename() {
    String before = upsertWithExternalId("e-17", "before.marriage");

    assertThat(upsertWithExternalId("e-17", "after.marriage")).isEqualTo(before);
  }

  @Test
  void userNamesAreUnique() {
    upsertWithExternalId("e-1", "one");
    upsertWithExternalId("e-2", "two");

    PresenceCalls.by("local-stack", "acme")
        .body(
            """
            {"people":[{"external_id":"e-1","user_name":"two","name":"x","email":"x@y.z","active":true}]}
            """)
        .put("/internal/people")
        .then()
        .statusCode(409)
        .contentType("application/problem+json");
  }

  @Test
  void concurrentUpsertsCreateOnePerson() throws Exception {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 12)
              .<Callable<Boolean>>mapToObj(
                  _ -> () -> ids.add(PresenceCalls.person("acme", "crowded")))
              .toList();
      for (var call : threads.invokeAll(calls)) {
        call.get();
      }
    }

    assertThat(ids).hasSize(1);
  }

  @Test
  void peopleOfAnotherTenantAreNotFound() {
    String here = PresenceCalls.person("acme", "local");
    String there = PresenceCalls.person("globex", "foreign");

    PresenceCalls.by("conversation", "acme")
        .get("/internal/people?ids=" + here + "," + there)
        .then()
        .statusCode(200)
        .body("people.id", equalTo(List.of(here)));
  }

  @Test
  void rowLevelSecurityHidesOtherTenants() throws SQLException {
    PresenceCalls.person("acme", "row");
    BackingServices backing = BackingServices.shared();
    try (Connection connection =
        DriverManager.getConnection(
            backing.jdbcUrl("presence_service_test"),
            "chat_presence",
            backing.password("chat_presence"))) {
      assertThat(count(connection, "select count(*) from presence.person")).isZero();
      connection.setAutoCommit(false);
      count(connection, "select count(set_config('chat.tenant', 'globex', true))");
      assertThat(count(connection, "select count(*) from presence.person where tenant <> 'globex'"))
          .isZero();
    }
  }

  @Test
  void everyChangePublishesAnEvent() throws SQLException {
    String id = PresenceCalls.person("acme", "told");
    PresenceCalls.person("acme", "told", "Told", false);

    try (Connection connection = BackingServices.shared().superuser("presence_service_test")) {
      assertThat(
              count(
                  connection,
                  "select count(*) from presence.outbox_event where payload::json->>'aggregate' = '"
                      + id
                      + "' and payload::json->>'type' = 'user_upserted'"))
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "[]",
        "{\"people\": 5}",
        "{\"people\": [{\"user_name\": 7, \"name\": \"a\", \"email\": \"a\", \"active\": true}]}",
        "{\"people\": [{\"user_name\": \"\", \"name\": \"a\", \"email\": \"a\", \"active\": true}]}",
        "{\"people\": [{\"user_name\": \"a\\u0000b\", \"name\": \"a\", \"email\": \"a\", \"active\": true}]}"
      })
  void invalidInputIsRejected(String body) {
    PresenceCalls.by("local-stack", "acme")
        .body(body)
        .put("/internal/people")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", equalTo(400));
  }

  @Test
  void onlyPermittedComponentsMayCall() {
    PresenceCalls.by("message", "acme")
        .body("{\"people\":[]}")
        .put("/internal/people")
        .then()
        .statusCode(403);
    PresenceCalls.of("u1", "acme").get("/internal/people?ids=a").then().statusCode(403);
    RestAssured.given().get("/internal/people?ids=a").then().statusCode(401);
    RestAssured.given()
        .header("Authorization", "Bearer a.b.c")
        .get("/internal/people?ids=a")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
  }

  @Test
  void pathsMayEndWithASlash() {
    String id = PresenceCalls.person("acme", "slash");

    PresenceCalls.by("message", "acme")
        .get("/internal/people/?ids=" + id)
        .then()
        .statusCode(200)
        .body("people", hasSize(1))
        .body("people.id", hasItem(id));
  }

  private static String upsertWithExternalId(String externalId, String userName) {
    return PresenceCalls.by("local-stack", "acme")
        .body(
            """
            {"people":[{"external_id":"%s","user_name":"%s","name":"x","email":"x@y.z","active":true}]}
            """
                .formatted(externalId, userName))
        .put("/internal/people")
        .then()
        .statusCode(200)
        .extract()
        .path("people[0].id");
  }

  private static int version(String tenant, String id) {
    return PresenceCalls.by("gateway", tenant)
        .get("/internal/people?ids=" + id)
        .then()
        .extract()
        .path("people[0].version");
  }

  private static int count(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
