package com.secureapprove.chat.notification;

import static io.restassured.RestAssured.given;

import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/// A person who subscribes browsers, as the gateway forwards the calls.
public record Subscriber(String tenant, String person) {
  public static final String SUBSCRIPTIONS = "/api/chat/push_subscriptions/";

  public ValidatableResponse subscribe(Map<String, ?> body) {
    return request().contentType(ContentType.JSON).body(body).post(SUBSCRIPTIONS).then();
  }

  public ValidatableResponse list() {
    return request().get(SUBSCRIPTIONS).then();
  }

  public ValidatableResponse delete(String id) {
    return request().delete(SUBSCRIPTIONS + id + "/").then();
  }

  private RequestSpecification request() {
    return given()
        .header(
            "Authorization",
            "Bearer "
                + BackingServices.shared()
                    .userToken(
                        "gateway",
                        NotificationStores.PART,
                        tenant,
                        TokenUser.of(person, person, person + "@chat.test")));
  }
}
