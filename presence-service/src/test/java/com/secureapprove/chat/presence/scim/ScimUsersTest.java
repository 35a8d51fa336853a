package com.secureapprove.chat.presence.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import com.secureapprove.chat.presence.PresenceCalls;
import com.secureapprove.chat.presence.PresenceStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
class ScimUsersTest {
  private static final String USERS = "/scim/v2/Users";

  @Inject SessionFactory sessions;

  @Test
  void aUserIsCreatedAndReadFromTheDirectory() {
    String id =
        create("made", "ext-1", "Mia Made", "mia@made.test")
            .statusCode(201)
            .contentType(startsWith("application/scim+json"))
            .header("ETag", equalTo("W/\"1\""))
            .body("userName", equalTo("ext-1.user"))
            .body("meta.resourceType", equalTo("User"))
            .extract()
            .path("id");

    call("made")
        .get(USERS + "/" + id)
        .then()
        .statusCode(200)
        .body("externalId", equalTo("ext-1"))
        .body("displayName", equalTo("Mia Made"))
        .body("emails[0].value", equalTo("mia@made.test"))
        .body("active", equalTo(true));
    PresenceCalls.by("message", "made")
        .get("/internal/people?ids=" + id)
        .then()
        .body("people[0].name", equalTo("Mia Made"));
  }

  @Test
  void aUserNameInUseIsAConflict() {
    create("taken", "e1", "A", "a@x").statusCode(201);

    create("taken", "e1", "B", "b@x").statusCode(409).body("scimType", equalTo("uniqueness"));
    create("untaken", "e1", "A", "a@x").statusCode(201);
  }

  @Test
  void patchesOfCommonProvidersAreApplied() {
    String id = create("patch", "p1", "Before", "b@x").extract().path("id");

    patch("patch", id, "{\"op\":\"replace\",\"value\":{\"active\":false}}")
        .statusCode(200)
        .body("active", equalTo(false));
    patch("patch", id, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}")
        .statusCode(200)
        .body("active", equalTo(true));
    patch("patch", id, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"After\"}")
        .statusCode(200)
        .body("displayName", equalTo("After"))
        .body("name.formatted", equalTo("After"));
    patch(
            "patch",
            id,
            "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"].value\","
                + "\"value\":\"after@x\"}")
        .statusCode(200)
        .body("emails[0].value", equalTo("after@x"));
  }

  @Test
  void replacingKeepsTheId() {
    String id = create("put", "r1", "Before", "b@x").extract().path("id");

    call("put")
        .body("{\"userName\":\"other\",\"name\":{\"givenName\":\"Al\",\"familyName\":\"Ter\"}}")
        .put(USERS + "/" + id)
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("displayName", equalTo("Al Ter"));
  }

  @Test
  void aDeletedUserIsUnknownAndMessagesKeepTheName() {
    String tenant = "deleting-" + UUID.randomUUID();
    String id = create(tenant, "d1", "Dee Leted", "dee@x").extract().path("id");
    create(tenant, "d2", "Stays", "stays@x").statusCode(201);

    call(tenant).delete(USERS + "/" + id).then().statusCode(204);

    call(tenant).get(USERS + "/" + id).then().statusCode(404);
    call(tenant).body("{\"userName\":\"a\"}").put(USERS + "/" + id).then().statusCode(404);
    patch(tenant, id, "{\"op\":\"replace\",\"value\":{\"active\":true}}").statusCode(404);
    call(tenant).delete(USERS + "/" + id).then().statusCode(404);
    list(tenant, "").body("totalResults", equalTo(1)).body("Resources", hasSize(1));
    for (String filter :
        List.of(
            "id eq \"" + id + "\"",
            "userName eq \"d1.user\"",
            "externalId eq \"d1\"",
            "emails.value eq \"dee@x\"",
            "displayName eq \"Dee Leted\"")) {
      call(tenant)
          .queryParam("filter", filter)
          .get(USERS)
          .then()
          .statusCode(200)
          .body("totalResults", equalTo(0));
    }
    PresenceCalls.by("message", tenant)
        .get("/internal/people?ids=" + id)
        .then()
        .body("people[0].name", equalTo("Dee Leted"))
        .body("people[0].active", equalTo(false));
  }

  @Test
  void aUserCreatedAgainIsTheSamePerson() {
    String tenant = "again-" + UUID.randomUUID();
    String id = create(tenant, "e1", "Before", "e@x").extract().path("id");
    call(tenant).delete(USERS + "/" + id).then().statusCode(204);

    create(tenant, "e1", "After", "e@x")
        .statusCode(201)
        .body("id", equalTo(id))
        .body("displayName", equalTo("After"))
        .body("active", equalTo(true))
        .header("ETag", equalTo("W/\"3\""));
    create(tenant, "e1", "Twice", "e@x").statusCode(409);
    call(tenant).get(USERS + "/" + id).then().statusCode(200);
  }

  @Test
  void aUserNameRestoresADeletedUserUnlessTheExternalIdDiffers() {
    String tenant = "reused-" + UUID.randomUUID();
    String id = create(tenant, "f1", "First", "f@x").extract().path("id");
    call(tenant).delete(USERS + "/" + id).then().statusCode(204);

    String body = "{\"userName\":\"F1.user\",\"externalId\":\"other\"}";
    String other = call(tenant).body(body).post(USERS).then().statusCode(201).extract().path("id");
    assertThat(other).isNotEqualTo(id);
    call(tenant).delete(USERS + "/" + other).then().statusCode(204);

    call(tenant).body(body).post(USERS).then().statusCode(201).body("id", equalTo(other));
    call(tenant).delete(USERS + "/" + other).then().statusCode(204);
    call(tenant)
        .body("{\"userName\":\"f1.USER\"}")
        .post(USERS)
        .then()
        .statusCode(201)
        .body("id", equalTo(other));
  }

  @Test
  void filtersAndPagesFollowTheStandard() {
    for (int i = 0; i < 5; i++) {
      create("pages", "f" + i, "Name " + i, "f" + i + "@x").statusCode(201);
    }

    list("pages", "?filter=userName eq \"F3.USER\"")
        .body("totalResults", equalTo(1))
        .body("Resources[0].externalId", equalTo("f3"));
    list("pages", "?filter=displayName sw \"Name\" and active eq true&startIndex=4&count=3")
        .body("totalResults", equalTo(5))
        .body("startIndex", equalTo(4))
        .body("Resources", hasSize(2));
    list("scim-empty", "").body("totalResults", equalTo(0));
    call("pages").get(USERS + "?filter=nonsense").then().statusCode(400);
  }

  /// Queries that identity providers send before each change.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id eq \"%1$s\"|1",
        "externalId eq \"ext-%2$s-3\"|1",
        "userName eq \"EXT-%2$s-3.USER\"|1",
        "UserName eq \"ext-%2$s-3.user\" and active eq true|1",
        "active eq false and userName eq \"ext-%2$s-3.user\"|0",
        "emails eq \"Mail3@x\"|1",
        "emails.value eq \"mail3@x\"|1",
        "emails[type eq \"work\" and value eq \"mail3@x\"]|1",
        "emails[type eq \"home\" and value eq \"mail3@x\"]|0",
        "externalId eq \"nobody\"|0",
        "externalId eq \"a\\u0000\"|0",
      })
  void equalityFiltersUseAnIndex(String filter, int found) {
    String tenant = "asked-" + UUID.randomUUID();
    String third = "";
    for (int i = 0; i < 8; i++) {
      String id =
          create(tenant, "ext-" + tenant + "-" + i, "N", "mail" + i + "@x").extract().path("id");
      third = i == 3 ? id : third;
    }
    long before = sessions.getStatistics().getEntityLoadCount();

    call(tenant)
        .queryParam("filter", filter.formatted(third, tenant))
        .get(USERS)
        .then()
        .statusCode(200)
        .body("totalResults", equalTo(found))
        .body("Resources.id", equalTo(found == 0 ? List.of() : List.of(third)));

    assertThat(sessions.getStatistics().getEntityLoadCount() - before).isLessThanOrEqualTo(1);
  }

  @Test
  void aPageLoadsOnlyItsPeople() {
    String tenant = "paged-" + UUID.randomUUID();
    for (int i = 0; i < 8; i++) {
      create(tenant, "p" + i, "N", i + "@x").statusCode(201);
    }
    long before = sessions.getStatistics().getEntityLoadCount();

    list(tenant, "?startIndex=3&count=2")
        .body("totalResults", equalTo(8))
        .body("Resources", hasSize(2));
    list(tenant, "?startIndex=2147483647&count=200")
        .body("totalResults", equalTo(8))
        .body("Resources", hasSize(0));

    assertThat(sessions.getStatistics().getEntityLoadCount() - before).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"userName\": \" \"}",
        "{\"userName\": \"a\\u0000\"}",
        "{\"userName\": \"a\\n\"}",
        "{\"userName\": \"a\", \"active\": {}}",
        "{\"userName\": \"a\", \"active\": \"yes\"}",
        "{\"userName\": \"a\", \"active\": 0}"
      })
  void invalidInputIsAScimError(String body) {
    call("bad")
        .body(body)
        .post(USERS)
        .then()
        .statusCode(400)
        .contentType(startsWith("application/scim+json"))
        .body("status", equalTo("400"));
  }

  @Test
  void usersOfOtherTenantsAreNotFoundAndOnlyTheGatewayMayCall() {
    String id = create("mine", "m1", "M", "m@x").extract().path("id");

    call("yours").get(USERS + "/" + id).then().statusCode(404);
    call("yours").delete(USERS + "/" + id).then().statusCode(404);
    patch("yours", id, "{\"op\":\"replace\",\"value\":{\"active\":false}}").statusCode(404);
    PresenceCalls.by("message", "mine").get(USERS).then().statusCode(403);
    PresenceCalls.of("u", "mine").get(USERS).then().statusCode(403);
  }

  private static ValidatableResponse create(
      String tenant, String externalId, String name, String email) {
    return call(tenant)
        .body(
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"externalId":"%1$s",
             "userName":"%1$s.user","displayName":"%2$s","active":true,
             "emails":[{"value":"second@x"},{"value":"%3$s","primary":true}]}
            """
                .formatted(externalId, name, email))
        .post(USERS)
        .then();
  }

  private static ValidatableResponse patch(String tenant, String id, String operation) {
    return call(tenant)
        .body(
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                + operation
                + "]}")
        .patch(USERS + "/" + id)
        .then();
  }

  private static ValidatableResponse list(String tenant, String query) {
    return call(tenant).get(USERS + query).then().statusCode(200);
  }

  private static RequestSpecification call(String tenant) {
    return PresenceCalls.by("gateway", tenant);
  }
}
