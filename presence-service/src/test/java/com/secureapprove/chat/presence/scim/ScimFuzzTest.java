package com.secureapprove.chat.presence.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.presence.PresenceCalls;
import com.secureapprove.chat.presence.PresenceStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Malformed requests of every shape: each is a SCIM error of 400, and none is an internal error.
@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
class ScimFuzzTest {
  private static final String USERS = "/scim/v2/Users";
  private static final int GENERATED = 300;

  /// JSON values of every type.
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1e308",
          "1".repeat(900),
          "\"\"",
          "\" \"",
          "\"text\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"" + "x".repeat(5000) + "\"",
          "[]",
          "[null,null]",
          "[[[]]]",
          "[1,\"a\"]",
          "[{\"value\":null}]",
          "[{\"value\":{\"value\":[]}}]",
          "{}",
          "{\"\":null}",
          "{\"value\":5}",
          "{\"a\":".repeat(400) + "1" + "}".repeat(400));

  private static final List<String> NAMES =
      List.of(
          "userName",
          "externalId",
          "displayName",
          "name",
          "emails",
          "active",
          "schemas",
          "name.givenName",
          "emails[type eq \\\"work\\\"].value",
          "urn:ietf:params:scim:schemas:core:2.0:User",
          "unknown",
          "");

  private static final List<String> PATHS =
      List.of(
          "",
          " ",
          ".",
          "..",
          "[",
          "]",
          "emails[",
          "emails[]",
          "emails[type]",
          "emails[type eq]",
          "emails[type eq 5].value",
          "emails[type gt true].value",
          "emails[not (type pr)].value",
          "emails[" + "(".repeat(2000) + "type pr" + ")".repeat(2000) + "]",
          "emails[type eq \\\"work\\\"].value.more",
          "emails[type eq \\\"work\\\"].value[x pr]",
          "active[value eq true]",
          "active.value",
          "name[givenName pr]",
          "name.givenName.x",
          "userName.x",
          "urn:",
          "urn:ietf:params:scim:schemas:core:2.0:User:",
          "a".repeat(5000),
          "\\u0000",
          "1name");

  private final String tenant = "fuzz-" + UUID.randomUUID();
  private final Random random = new Random(7);

  @Test
  void everyTypeOfValueIsReadOrRefused() {
    String id = created();
    for (String name : NAMES) {
      for (String value : VALUES) {
        String members = "\"" + name + "\":" + value;
        answered(call().body("{\"userName\":\"b\"," + members + "}").put(USERS + "/" + id));
        answered(
            call()
                .body(patch("{\"op\":\"replace\",\"value\":{" + members + "}}"))
                .patch(USERS + "/" + id));
        if (!name.isEmpty()) {
          answered(
              call()
                  .body(patch("{\"op\":\"add\",\"path\":\"" + name + "\",\"value\":" + value + "}"))
                  .patch(USERS + "/" + id));
        }
      }
    }
  }

  @Test
  void everyPathIsReadOrRefused() {
    String id = created();
    for (String path : PATHS) {
      for (String op : List.of("add", "replace", "remove")) {
        for (String value : List.of("null", "\"x\"", "[null]", "{\"value\":\"x\"}", "7")) {
          answered(
              call()
                  .body(
                      patch(
                          "{\"op\":\""
                              + op
                              + "\",\"path\":\""
                              + path
                              + "\",\"value\":"
                              + value
                              + "}"))
                  .patch(USERS + "/" + id));
        }
      }
    }
    for (String value : VALUES) {
      answered(call().body(patch(value)).patch(USERS + "/" + id));
      answered(call().body("{\"Operations\":" + value + "}").patch(USERS + "/" + id));
      answered(call().body(patch("{\"op\":" + value + "}")).patch(USERS + "/" + id));
      answered(
          call()
              .body(patch("{\"op\":\"replace\",\"path\":" + value + ",\"value\":\"x\"}"))
              .patch(USERS + "/" + id));
      answered(call().body(value).post(USERS));
    }
    answered(call().body("[".repeat(100_000)).post(USERS));
    answered(call().body("{\"a\":".repeat(100_000)).post(USERS));
    answered(call().body("{\"userName\":\"x\",\"n\":" + "9".repeat(100_000) + "}").post(USERS));
    answered(call().body("{\"userName\":\"x\",\"n\":1e999999999}").post(USERS));
  }

  @Test
  void whatIsMalformedIsRefused() {
    String id = created();
    for (String user :
        List.of(
            "{\"userName\":\"b\",\"emails\":[null,null]}",
            "{\"userName\":\"b\",\"emails\":\"x@y\"}",
            "{\"userName\":\"b\",\"emails\":{\"value\":\"x@y\"}}",
            "{\"userName\":\"b\",\"emails\":[{\"value\":5}]}",
            "{\"userName\":\"b\",\"emails\":[{\"value\":\"x\",\"primary\":\"yes\"}]}",
            "{\"userName\":\"b\",\"name\":5}",
            "{\"userName\":\"b\",\"name\":\"Bea\"}",
            "{\"userName\":\"b\",\"name\":[]}",
            "{\"userName\":\"b\",\"name\":{\"givenName\":{}}}",
            "{\"userName\":\"b\",\"displayName\":true}",
            "{\"userName\":\"b\",\"externalId\":7}",
            "{\"userName\":\"b\",\"active\":[]}",
            "{\"userName\":7}",
            "{\"userName\":\"b\",\"schemas\":\"x\"}")) {
      assertThat(call().body(user).post(USERS).statusCode()).as(user).isEqualTo(400);
      assertThat(call().body(user).put(USERS + "/" + id).statusCode()).as(user).isEqualTo(400);
    }
    for (String operation :
        List.of(
            "{\"op\":\"replace\",\"path\":\"\",\"value\":\"x\"}",
            "{\"op\":\"replace\",\"path\":7,\"value\":\"x\"}",
            "{\"op\":\"replace\",\"path\":\"emails\",\"value\":[null]}",
            "{\"op\":\"replace\",\"path\":\"name\",\"value\":5}",
            "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"maybe\"}",
            "{\"op\":\"replace\",\"path\":\"active\"}",
            "{\"op\":\"replace\",\"value\":null}",
            "{\"op\":\"replace\"}",
            "{\"op\":\"move\",\"path\":\"active\"}",
            "{\"op\":null}",
            "{\"op\":\"remove\"}",
            "null")) {
      Response answer = call().body(patch(operation)).patch(USERS + "/" + id);
      assertThat(answer.statusCode()).as(operation).isEqualTo(400);
      assertThat(answer.<String>path("scimType"))
          .as(operation)
          .isIn("invalidValue", "invalidPath", "invalidSyntax", "noTarget");
    }
  }

  @Test
  void generatedPatchesAndFiltersNeverFailInside() {
    String id = created();
    for (int i = 0; i < GENERATED; i++) {
      answered(
          call()
              .body(
                  patch(
                      "{\"op\":\""
                          + any(List.of("Add", "rePlace", "remove", "x"))
                          + "\",\"path\":\""
                          + any(PATHS)
                          + any(List.of("", ".value", "[x pr]"))
                          + "\",\"value\":{\""
                          + any(NAMES)
                          + "\":"
                          + any(VALUES)
                          + "}}"))
              .patch(USERS + "/" + id));
      answered(call().queryParam("filter", filter(3)).get(USERS));
    }
    for (String filter :
        List.of(
            "(".repeat(5000),
            "not (".repeat(500) + "a pr" + ")".repeat(500),
            "a eq \"" + "x".repeat(4000) + "\"",
            "userName eq " + "9".repeat(500),
            "emails[type eq \"work\"",
            "active gt true",
            "meta.created gt \"yesterday\"",
            "userName co 5",
            "schemas eq null")) {
      answered(call().queryParam("filter", filter).get(USERS));
    }
    for (String number : List.of("x", "", "1.5", "99999999999999999999", "-1", "2147483648")) {
      answered(call().queryParam("startIndex", number).get(USERS));
      answered(call().queryParam("count", number).get(USERS));
    }
  }

  private String filter(int depth) {
    String attribute =
        any(
            List.of(
                "userName",
                "emails",
                "emails.value",
                "active",
                "meta.created",
                "name",
                "urn:ietf:params:scim:schemas:core:2.0:User:name.givenName",
                "x",
                ""));
    return switch (random.nextInt(depth == 0 ? 2 : 6)) {
      case 0 -> attribute + " pr";
      case 1 ->
          attribute
              + any(List.of(" eq ", " NE ", " co ", " sw ", " gt ", " le ", " xx "))
              + any(List.of("\"a\"", "true", "null", "5", "1e9", "\"\\u0000\"", "[", ""));
      case 2 -> filter(depth - 1) + " and " + filter(depth - 1);
      case 3 -> filter(depth - 1) + " or " + filter(depth - 1);
      case 4 -> "not (" + filter(depth - 1) + ")";
      default -> attribute + "[" + filter(depth - 1) + "]";
    };
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static void answered(Response answer) {
    String body = answer.asString();
    assertThat(answer.statusCode()).as(body).isIn(200, 201, 400, 409);
    if (answer.statusCode() == 400) {
      // A path expression of RestAssured is compiled at each use, which takes most of the time.
      assertThat(body).contains("\"status\":\"400\"");
    }
  }

  private String created() {
    return call()
        .body("{\"userName\":\"f\",\"emails\":[{\"value\":\"f@x\"}]}")
        .post(USERS)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static String patch(String operation) {
    return "{\"Operations\":[" + operation + "]}";
  }

  private RequestSpecification call() {
    return PresenceCalls.by("gateway", tenant).urlEncodingEnabled(true);
  }
}
