package com.secureapprove.chat.systemtests.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Confidential;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.SpanReceiver;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Runs among the last: searches the logs, metrics and spans of the whole run for what tests have
/// said and used. First it fails in as many ways as it can with confidential texts.
@Order(Integer.MAX_VALUE - 1)
@ExtendWith(RunningSuite.class)
class ConfidentialTextsST {
  private static final String SECRET = "what only alice and bob may read";
  private static final String FILE = "salaries-of-everybody";

  private final Suite suite;
  private final Tenant tenant;
  private final ChatUser alice;
  private final String talk;
  private final Confidential confidential;

  ConfidentialTextsST(Suite suite) {
    this.suite = suite;
    confidential = suite.confidential();
    confidential.add(SECRET);
    confidential.add(FILE);
    tenant = suite.newProvisionedTenant();
    List<ChatUser> people = tenant.people("alice", "bob");
    alice = people.getFirst();
    talk = alice.startWith(people.get(1));
  }

  @BeforeEach
  void failWithConfidentialTexts() {
    String messages = "conversations/" + talk + "/messages/";
    alice.say(talk, SECRET);
    alice.get("me/?access_token=" + alice.token());
    alice.send("POST", "conversations/start/", "{broken " + alice.token() + SECRET);
    alice.send("POST", messages, "{\"content\":\"" + SECRET + "\",\"unheard_of\":1}");
    alice.send("POST", messages, "application/xml", BodyPublishers.ofString(SECRET));
    for (String type : List.of("image/png", "application/x-msdownload", "text/html")) {
      alice.send("POST", "attachments/", "multipart/form-data; boundary=b", form(type));
    }
    send(
        tenant
            .scim("")
            .header("Content-Type", "application/scim+json")
            .POST(BodyPublishers.ofString("{\"userName\":\"" + SECRET + "\",\"emails\":7}")));
    String forged = suite.issuer().forged(tenant.name(), "alice");
    send(
        HttpRequest.newBuilder(URI.create(suite.baseUrl() + "/api/chat/me/"))
            .header("Authorization", "Bearer " + forged)
            .header("Cookie", "chat_session=" + forged)
            .GET());
    try (Socket socket = alice.connect()) {
      socket.say(talk, SECRET, "k");
      socket.await("ack");
      socket.askText("{\"type\":\"send\",\"content\":\"" + SECRET, "error");
      socket.send(Map.of("type", "auth", "token", forged));
      socket.awaitClose();
    }
  }

  private static HttpRequest.BodyPublisher form(String type) {
    return BodyPublishers.ofString(
        """
        --b\r
        Content-Disposition: form-data; name="file"; filename="%s.png"\r
        Content-Type: %s\r
        \r
        %s\r
        --b--\r
        """
            .formatted(FILE, type, SECRET));
  }

  private void send(HttpRequest.Builder request) {
    Answer answer = suite.send(request);
    assertThat(answer.status()).as(answer.asked()).isBetween(400, 499);
  }

  @Test
  void noLogHasThem() throws IOException {
    passwords();
    Path logs = suite.stack().home().directory().resolve("logs");
    try (Stream<Path> files = Files.list(logs)) {
      List<Path> all = files.toList();
      assertThat(all).isNotEmpty();
      for (Path file : all) {
        assertThat(confidential.in(Files.readString(file))).as(file.toString()).isEmpty();
      }
    }
  }

  @Test
  void noSpanHasThem() {
    passwords();
    assertThat(suite.spans().spans()).isNotEmpty();
    for (SpanReceiver.ReceivedSpan span : suite.spans().spans()) {
      assertThat(confidential.in(span.toString())).as(span.toString()).isEmpty();
      assertThat(span.toString()).doesNotContain(alice.id(), talk, "?");
    }
  }

  /// The notification service is optional, and the suite's stack has none.
  @ParameterizedTest
  @EnumSource(
      value = Component.class,
      mode = Mode.EXCLUDE,
      names = {"POSTGRES", "REDIS", "KEYCLOAK", "NOTIFICATION"})
  void noMetricHasThem(Component component) throws Exception {
    passwords();
    String port = suite.stack().environment(component).get("QUARKUS_MANAGEMENT_PORT");
    for (String path : List.of("/q/metrics", "/q/health")) {
      String text =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                  BodyHandlers.ofString())
              .body();
      assertThat(text).isNotEmpty();
      assertThat(confidential.in(text)).as(path).isEmpty();
      assertThat(text).doesNotContain(alice.id(), talk, "\"" + tenant.name() + "\"");
    }
  }

  private void passwords() {
    for (Component component : Component.own()) {
      suite
          .stack()
          .environment(component)
          .forEach((name, value) -> {
            if (name.endsWith("PASSWORD") || name.endsWith("SECRET")) {
              confidential.add(value);
            } else if (name.equals("CHAT_REDIS_URL")) {
              confidential.add(value.replaceAll(".*:([^:@]+)@.*", "$1"));
            }
          });
    }
  }
}
