package com.secureapprove.chat.presence;

import static io.restassured.RestAssured.given;

import com.secureapprove.chat.localstack.BackingParts;
import com.secureapprove.chat.localstack.keys.TokenUser;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls to the service under test, signed as other parts sign them.
public final class Calls {
  private Calls() {}

  /// A call of a part itself.
  public static RequestSpecification by(String part, String tenant) {
    return with(BackingParts.shared().partToken(part, BackingStores.PART, tenant));
  }

  /// A call that the gateway passes on for a person.
  public static RequestSpecification of(String userId, String tenant) {
    return with(
        BackingParts.shared()
            .userToken(
                "gateway",
                BackingStores.PART,
                tenant,
                TokenUser.of(userId, userId, userId + "@" + tenant + ".test")));
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
  }

  /// Puts an active person into the directory and answers their id.
  public static String person(String tenant, String userName) {
    return person(tenant, userName, userName, true);
  }

  /// Puts a person into the directory, or changes them, and answers their id.
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
