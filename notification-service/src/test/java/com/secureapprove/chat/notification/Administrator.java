package com.secureapprove.chat.notification;

import static io.restassured.RestAssured.given;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The administrator of a tenant, as the gateway forwards the calls. Each test uses a new tenant.
public record Administrator(String tenant) {
  public static final String WEBHOOKS = "/api/chat/webhooks/";

  /// An endpoint that was created.
  public record Created(String id, String secret) {}

  public static Administrator ofNewTenant() {
    return new Administrator("t-" + UUID.randomUUID());
  }

  public ValidatableResponse create(String url, String... types) {
    return request()
        .contentType(ContentType.JSON)
        .body(Map.of("url", url, "event_types", List.of(types)))
        .post(WEBHOOKS)
        .then();
  }

  public Created created(String url, String... types) {
    ValidatableResponse answer = create(url, types).statusCode(201);
    return new Created(answer.extract().path("id"), answer.extract().path("secret"));
  }

  public ValidatableResponse get(String path) {
    return request().get(WEBHOOKS + path).then();
  }

  public ValidatableResponse post(String path) {
    return request().post(WEBHOOKS + path).then();
  }

  public ValidatableResponse delete(String path) {
    return request().delete(WEBHOOKS + path).then();
  }

  /// The deliveries of an endpoint, newest first.
  public List<Map<String, Object>> deliveries(Created endpoint) {
    return get(endpoint.id() + "/deliveries/").statusCode(200).extract().path("$");
  }

  private RequestSpecification request() {
    return given()
        .header(
            "Authorization",
            "Bearer "
                + BackingServices.shared()
                    .componentToken("gateway", NotificationStores.PART, tenant));
  }
}
