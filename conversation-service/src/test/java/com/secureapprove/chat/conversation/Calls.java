package com.secureapprove.chat.conversation;

import static io.restassured.RestAssured.given;

import com.secureapprove.chat.localstack.BackingParts;
import com.secureapprove.chat.localstack.keys.TokenUser;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/// Calls to the service under test, signed as other parts sign them. People's ids are
/// `name.tenant`.
public final class Calls {
  public static final String CONVERSATIONS = "/api/chat/conversations/";

  private Calls() {}

  /// A call of a part itself.
  public static RequestSpecification by(String part, String tenant) {
    return with(BackingParts.shared().partToken(part, BackingStores.PART, tenant));
  }

  /// A call that the gateway passes on for a person.
  public static RequestSpecification of(String userId) {
    String tenant = userId.substring(userId.indexOf('.') + 1);
    return with(
        BackingParts.shared()
            .userToken(
                "gateway",
                BackingStores.PART,
                tenant,
                TokenUser.of(userId, userId, userId + "@example.test")));
  }

  public static ValidatableResponse start(String user, String other) {
    return of(user).body(Map.of("participant_id", other)).post(CONVERSATIONS + "start/").then();
  }

  /// The id of the conversation between the two.
  public static String pair(String user, String other) {
    return start(user, other).extract().path("id");
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
  }
}
