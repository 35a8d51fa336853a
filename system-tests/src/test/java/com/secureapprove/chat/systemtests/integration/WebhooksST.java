package com.secureapprove.chat.systemtests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.stub.StubServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A tenant's own receiver is called for its messages. notification-service is optional, so this
/// test starts it, and stops it at the end.
@ExtendWith(RunningSuite.class)
class WebhooksST {
  private static final String WEBHOOKS = "/api/chat/webhooks/";

  private record Call(String id, String timestamp, String signature, String body) {}

  private final Suite suite;
  private final Tenant tenant;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private StubServer receiver;

  WebhooksST(Suite suite) {
    this.suite = suite;
    tenant = suite.newProvisionedTenant();
  }

  @BeforeEach
  void start() {
    suite.stack().start(Component.NOTIFICATION);
    receiver =
        StubServer.start()
            .on(
                "/hooks",
                exchange -> {
                  String body =
                      new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                  calls.add(
                      new Call(
                          exchange.getRequestHeaders().getFirst("webhook-id"),
                          exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                          exchange.getRequestHeaders().getFirst("webhook-signature"),
                          body));
                  StubServer.answer(exchange, 204);
                });
  }

  @AfterEach
  void stop() {
    receiver.stop();
    suite.stack().stop(Component.NOTIFICATION);
  }

  @Test
  void aMessageCallsTheReceiverOfItsTenant() throws Exception {
    JsonNode endpoint = create("message.created").expect(201);
    String id = endpoint.path("id").asText();
    List<ChatUser> people = tenant.people("alice", "bob");
    String talk =
        people
            .getFirst()
            .post("conversations/start/", Map.of("participant_id", people.getLast().id()))
            .expect(201)
            .path("id")
            .asText();
    people
        .getFirst()
        .post("conversations/" + talk + "/messages/", Map.of("content", "to the receiver"))
        .expect(201);

    await().atMost(Duration.ofSeconds(20)).until(() -> calls.size() == 1);
    Call call = calls.getFirst();
    JsonNode body = Json.read(call.body());
    assertThat(body.at("/data/content").asText()).isEqualTo("to the receiver");
    assertThat(body.at("/data/conversation").asText()).isEqualTo(talk);
    assertThat(call.signature())
        .isEqualTo("v1," + signature(endpoint.path("secret").asText(), call));
    await()
        .until(
            () -> send("GET", id + "/deliveries/?state=delivered", null).expect(200).size() == 1);
    String delivery = send("GET", id + "/deliveries/", null).expect(200).at("/0/id").asText();
    send("POST", id + "/deliveries/" + delivery + "/resend/", null).expect(202);
    await().atMost(Duration.ofSeconds(20)).until(() -> calls.size() == 2);
    assertThat(calls.getLast().id()).isEqualTo(call.id());

    send("POST", id + "/rotate_secret/", null).expect(200);
    send("POST", id + "/enable/", null).expect(200);
    assertThat(send("GET", "", null).expect(200)).hasSize(1);
    send("GET", id + "/", null).expect(200);
    send("DELETE", id + "/", null).expect(204);
    send("GET", id + "/", null).expectProblem(404);
  }

  @Test
  void onlyTheProvisioningTokenAdministratesWebhooks() {
    ChatUser alice = tenant.person("alice");
    alice.get("webhooks/").expectProblem(401);
    suite
        .send(HttpRequest.newBuilder(URI.create(suite.baseUrl() + WEBHOOKS)).GET())
        .expectProblem(401);
    Tenant other = suite.newProvisionedTenant();
    String id = create("message.created").expect(201).path("id").asText();
    suite.send(request(other, id + "/").GET()).expectProblem(404);
    send("PATCH", id + "/", Map.of()).expectProblem(405);
    send("GET", id + "/unknown/", null).expectProblem(404);
    send("POST", "", Map.of("url", "https://10.0.0.1/", "event_types", List.of("message.created")))
        .expectProblem(400);
  }

  private Answer create(String... types) {
    return send(
        "POST", "", Map.of("url", receiver.address() + "/hooks", "event_types", List.of(types)));
  }

  private Answer send(String method, String path, Map<String, ?> body) {
    HttpRequest.Builder request = request(tenant, path);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(Json.of(body)));
    }
    return suite.send(request);
  }

  private HttpRequest.Builder request(Tenant of, String path) {
    return HttpRequest.newBuilder(URI.create(suite.baseUrl() + WEBHOOKS + path))
        .header("Authorization", "Bearer " + of.provisioningToken());
  }

  private static String signature(String secret, Call call) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String content = call.id() + "." + call.timestamp() + "." + call.body();
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
  }
}
