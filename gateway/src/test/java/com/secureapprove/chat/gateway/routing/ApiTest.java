package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.RealBacking;
import com.secureapprove.chat.gateway.UpstreamStubs;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ApiTest extends GatewayTest {
  private static final String CONVERSATION = "0198c0de-0000-7000-8000-000000000001";

  @Test
  void meReturnsTheCaller() {
    as("acme", "alice")
        .get("/api/chat/me/")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("id", equalTo("id-of-alice"))
        .body("tenant", equalTo("acme"))
        .body("csrf_token", nullValue())
        .body("limits.content_characters", equalTo(5000))
        .body("limits.attachment_types", hasItems("image/png", "text/csv"));
    as("globex", "dave")
        .get("/api/chat/me")
        .then()
        .statusCode(200)
        .body("tenant", equalTo("globex"));
  }

  /// RFC 9110, section 11.4: one or more spaces after the scheme, which is case-insensitive.
  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  ", "Bearer    "})
  void theSchemeOfATokenMayBeFollowedBySeveralSpaces(String scheme) {
    anonymous()
        .header("Authorization", scheme + Client.token("acme", "alice"))
        .get("/api/chat/me/")
        .then()
        .statusCode(200)
        .body("id", equalTo("id-of-alice"));
  }

  @Test
  void aClientThatActsForAnotherPersonIsRefusedAndNothingIsForwarded() {
    String path = "/api/chat/conversations/" + CONVERSATION + "/mark_read";
    for (String method : new String[] {"GET", "POST"}) {
      as("acme", "alice")
          .header("X-Chat-User", "id-of-bob")
          .request(method, method.equals("GET") ? "/api/chat/me/" : path + "/")
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", "Bearer")
          .body("type", equalTo("urn:secureapprove:chat:problem:other-person"))
          .body("error", equalTo("The credentials are of another person"));
    }
    assertThat(services.calls(path)).isEmpty();
    as("acme", "alice")
        .header("X-Chat-User", "id-of-alice")
        .get("/api/chat/me/")
        .then()
        .statusCode(200);
  }

  @Test
  void withoutCredentialsEveryPathIsAProblemAndNeverARedirect() {
    for (String path :
        new String[] {
          "/api/chat/me/", "/api/chat/conversations", "/api/chat/nothing", "/api/other"
        }) {
      unauthenticated(anonymous().get(path).then());
      unauthenticated(anonymous().header("X-Requested-With", "XMLHttpRequest").get(path).then());
      unauthenticated(anonymous().cookie("q_session_acme", "not a session").get(path).then());
      unauthenticated(anonymous().body("{}").post(path).then());
    }
  }

  @Test
  void badTokensAreRefused() {
    String good = Client.token("acme", "alice");
    String[] parts = good.split("\\.");
    String none = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";
    String otherClaims =
        parts[0]
            + "."
            + base64(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                    .replace("alice", "carol"))
            + "."
            + parts[2];
    String other = Client.token("globex", "dave");
    String signedByAnother = parts[0] + "." + parts[1] + "." + other.split("\\.")[2];
    for (String token :
        new String[] {"x", "a.b.c", "", none, otherClaims, signedByAnother, good + "x"}) {
      unauthenticated(withToken(token).get("/api/chat/me/").then());
    }
    unauthenticated(anonymous().header("Authorization", "Basic YTpi").get("/api/chat/me").then());
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() {
    unauthenticated(
        withToken(
                com.secureapprove.chat.testsupport.backing.BackingServices.shared()
                    .userToken(
                        "presence",
                        "gateway",
                        "acme",
                        com.secureapprove.chat.localstack.keys.TokenUser.of(
                            "alice", "Alice", "a@b")))
            .get("/api/chat/me/")
            .then());
  }

  private static void unauthenticated(ValidatableResponse answer) {
    answer
        .statusCode(401)
        .contentType("application/problem+json")
        .body("status", equalTo(401))
        .body("error", equalTo("No valid credentials"))
        .body("detail", equalTo("No valid credentials"))
        .body("trace_id", not(nullValue()));
  }

  @Test
  void anUnknownOrInactivePersonIsForbidden() {
    services.unknown("erin");
    services.inactive("frank");
    as("globex", "erin").get("/api/chat/me/").then().statusCode(403);
    as("globex", "frank").get("/api/chat/conversations/").then().statusCode(403);
  }

  @Test
  void theTraceOfARequestReachesTheGatewaysOwnCalls() {
    String trace = UUID.randomUUID().toString().replace("-", "");
    services.unknown("erin");

    as("globex", "erin")
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .get("/api/chat/me/")
        .then()
        .statusCode(403)
        .body("trace_id", equalTo(trace));

    assertThat(services.calls("/internal/sign-ins"))
        .anyMatch(call -> trace.equals(call.header("X-Request-Id")));
  }

  @Test
  void aCallIsForwardedInThePersonsName() {
    as("acme", "alice")
        .header("X-Chat-Session", "s1")
        .header("Cookie", "other=1")
        .header("X-Forwarded-User", "root")
        .header("X-Internal-Tenant", "globex")
        .body("{\"a\":1}")
        .contentType("application/json")
        .post("/api/chat/conversations/start/?x=%20y")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff");
    UpstreamStubs.Call call = services.calls("/api/chat/conversations/start").getLast();
    assertThat(call.uri()).isEqualTo("/api/chat/conversations/start?x=%20y");
    assertThat(call.body()).isEqualTo("{\"a\":1}");
    assertThat(call.header("X-Chat-Session")).isEqualTo("s1");
    assertThat(call.header("X-Request-Id")).hasSize(32);
    assertThat(call.header("traceparent"))
        .as("a service mesh joins the same trace")
        .matches("00-" + call.header("X-Request-Id") + "-[0-9a-f]{16}-00");
    assertThat(call.headers())
        .doesNotContainKeys("cookie", "x-forwarded-user", "x-internal-tenant", "origin");
    assertThat(claims(call))
        .contains(
            "\"iss\":\"gateway\"",
            "\"aud\":\"conversation\"",
            "\"sub\":\"id-of-alice\"",
            "\"tenant\":\"acme\"");
  }

  /// It becomes part of stored events, so a client must not choose its size.
  @ParameterizedTest
  @MethodSource("noConnectionIds")
  void whatIsNoIdOfAConnectionIsNotForwarded(String text) {
    as("acme", "alice")
        .header("X-Chat-Session", text)
        .body("{}")
        .contentType("application/json")
        .post("/api/chat/conversations/" + CONVERSATION + "/mark_read/")
        .then()
        .statusCode(200);
    assertThat(
            services.awaitCall("/api/chat/conversations/" + CONVERSATION + "/mark_read").headers())
        .doesNotContainKey("x-chat-session");
  }

  static Stream<String> noConnectionIds() {
    return Stream.of("x".repeat(65), "x".repeat(20_000), "a b", "{}");
  }

  @Test
  void eachPathIsForwardedToItsService() {
    assertThat(audienceOf("conversations")).isEqualTo("conversation");
    assertThat(audienceOf("conversations/unread/")).isEqualTo("conversation");
    assertThat(audienceOf("conversations/presence/")).isEqualTo("presence");
    assertThat(audienceOf("conversations/" + CONVERSATION)).isEqualTo("conversation");
    assertThat(audienceOf("conversations/" + CONVERSATION + "/messages/")).isEqualTo("message");
    assertThat(audienceOf("conversations/" + CONVERSATION + "/receipts")).isEqualTo("message");
    assertThat(audienceOf("conversations/" + CONVERSATION + "/participants/"))
        .isEqualTo("conversation");
    as("acme", "alice").get("/api/chat/elsewhere/").then().statusCode(404);
    as("acme", "alice").get("/api/chat/").then().statusCode(404);
    as("acme", "alice").get("/internal/memberships").then().statusCode(404);
    as("acme", "alice").get("/api/chat/../../internal/memberships").then().statusCode(400);
    as("acme", "alice").get("/api/chat/conversations/%2e%2e/me").then().statusCode(400);
  }

  @Test
  void anotherMethodIsAnsweredWithTheAllowedOnes() {
    as("acme", "alice")
        .delete("/api/chat/conversations/" + CONVERSATION + "/messages/")
        .then()
        .statusCode(405)
        .header("Allow", equalTo("GET, HEAD, POST, OPTIONS"))
        .contentType("application/problem+json");
    as("acme", "alice").get("/api/chat/conversations/start/").then().statusCode(405);
    as("acme", "alice")
        .options("/api/chat/me/")
        .then()
        .statusCode(204)
        .header("Allow", equalTo("GET, HEAD, OPTIONS"));
    withToken(RealBacking.ACME_PROVISIONING)
        .put("/scim/v2/Users/")
        .then()
        .statusCode(405)
        .header("Allow", equalTo("GET, HEAD, OPTIONS, POST"));
  }

  private String audienceOf(String path) {
    as("acme", "alice").get("/api/chat/" + path).then().statusCode(200);
    String claims = claims(services.calls("/api/chat/").getLast());
    return claims.replaceAll(".*\"aud\":\"([a-z]+)\".*", "$1");
  }

  private static String claims(UpstreamStubs.Call call) {
    String token = call.header("Authorization").substring("Bearer ".length());
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
  }

  @Test
  void aMultipartMessageIsForwardedAsJsonWithItsIdempotencyKey() {
    as("acme", "alice")
        .header("Idempotency-Key", "mine")
        .multiPart("content", "hello")
        .post("/api/chat/conversations/" + CONVERSATION + "/messages/")
        .then()
        .statusCode(200);
    UpstreamStubs.Call call =
        services.calls("/api/chat/conversations/" + CONVERSATION + "/messages").getLast();
    assertThat(call.header("Content-Type")).startsWith("application/json");
    assertThat(call.body()).contains("\"content\":\"hello\"");
    assertThat(call.header("Idempotency-Key")).isEqualTo("mine");
  }

  @Test
  void aServiceThatIsDownIsAProblemWithRetryAfter() {
    as("acme", "alice")
        .get("/api/chat/attachments/" + CONVERSATION + "/download/")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", "2")
        .body("error", containsString("attachment"));
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    String large = "x".repeat((1 << 20) + 1);
    as("acme", "alice")
        .body(large)
        .contentType("application/json")
        .post("/api/chat/conversations/start_group/")
        .then()
        .statusCode(413)
        .contentType("application/problem+json");
    assertThat(services.calls("/api/chat/conversations/start_group")).isEmpty();
  }

  @Test
  void onlyPagesOfAllowedOriginsMayReadResponses() {
    as("acme", "alice")
        .header("Origin", "https://host.example")
        .get("/api/chat/me/")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", "https://host.example")
        .header("Access-Control-Allow-Credentials", nullValue());
    anonymous()
        .header("Origin", "https://host.example")
        .header("Access-Control-Request-Method", "POST")
        .options("/api/chat/conversations/start/")
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Headers", containsString("Authorization"));
    as("acme", "alice")
        .header("Origin", "https://evil.example")
        .get("/api/chat/me/")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void aProvisioningTokenIsValidForScimOfItsTenantOnly() {
    withToken(RealBacking.ACME_PROVISIONING)
        .get("/scim/v2/Users/?filter=userName%20eq%20%22x%22")
        .then()
        .statusCode(200);
    UpstreamStubs.Call call = services.calls("/scim/v2/Users").getLast();
    assertThat(call.uri()).isEqualTo("/scim/v2/Users?filter=userName%20eq%20%22x%22");
    assertThat(claims(call))
        .contains("\"tenant\":\"acme\"", "\"aud\":\"presence\"")
        .doesNotContain("\"sub\"");
    withToken(RealBacking.ACME_PROVISIONING).get("/api/chat/me/").then().statusCode(401);
    as("acme", "alice").get("/scim/v2/Users").then().statusCode(401);
    anonymous().get("/scim/v2/Users").then().statusCode(401);
    withToken(RealBacking.ACME_PROVISIONING).get("/scim/v2/Groups").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer ", "BEARER "})
  void theAuthorizationSchemeIsCaseInsensitive(String scheme) {
    anonymous()
        .header("Authorization", scheme + RealBacking.ACME_PROVISIONING)
        .get("/scim/v2/Users")
        .then()
        .statusCode(200);
    anonymous()
        .header("Authorization", scheme + Client.token("acme", "alice"))
        .get("/api/chat/me/")
        .then()
        .statusCode(200);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
