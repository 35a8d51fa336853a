package com.secureapprove.chat.presence;

import static io.restassured.RestAssured.given;

import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls to the service under test, signed like calls of other components.
public final class PresenceCalls {
  private PresenceCalls() {}

  /// A call of a component itself.
  public static RequestSpecification by(String part, String tenant) {
    return with(BackingServices.shared().componentToken(part, PresenceStores.PART, tenant));
  }

  /// A call that the gateway forwards for a person.
  public static RequestSpecification of(String userId, String tenant) {
    return with(
        BackingServices.shared()
            .userToken(
                "gateway",
                PresenceStores.PART,
                tenant,
                TokenUser.of(userId, userId, userId + "@" + tenant + ".test")));
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
  }

  /// Creates an active person and returns their id.
  public static String person(String tenant, String userName) {
    return person(tenant, userName, userName, true);
  }

  /// Creates or updates a person and returns their id.
  public static String person(String tenant, String userName, String name, boolean active) {
    Map<String, Object> entry = new HashMap<>();
    entry.put("user_name", userName);
    entry.put("name", name);
    entry.put("email", userName + "@" + tenant + ".test");
    entry.put("active", active);
    return by("local-stack", tenant)
        .body(Map.of("people", List.of(entry)))
        .put("/internal/people")
        .then()
        .statusCode(200)
        .extract()
        .path("people[0].id");
  }
}
