package com.secureapprove.chat.systemtests.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.doctor.CheckResult.Verdict;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class DoctorST {

  private static final int NGINX_DEFAULT_BODY = 1 << 20;

  private final Suite suite;
  private final ChatUser alice;
  private final ChatUser bob;

  DoctorST(Suite suite) {
    this.suite = suite;
    List<ChatUser> people = suite.newTenant().people("alice", "bob");
    alice = people.getFirst();
    bob = people.getLast();
  }

  @Test
  void aWorkingInstallationPassesEveryCheck() throws Exception {
    Examined examined = Examined.of(suite.baseUrl().toString(), alice.token(), bob.token());

    assertThat(examined.failures()).as("%s", examined.results()).isZero();
    assertThat(examined.names(Verdict.OK))
        .containsExactly(
            "name",
            "gateway",
            "transport",
            "clock",
            "web client",
            "sign-in",
            "socket",
            "presence",
            "upload",
            "second sign-in",
            "conversation",
            "delivery",
            "repeated send",
            "resumption");
  }

  @Test
  void oneTokenChecksEverythingButMessages() throws Exception {
    Examined examined = Examined.of(suite.baseUrl().toString(), alice.token(), null);

    assertThat(examined.failures()).isZero();
    assertThat(examined.names(Verdict.SKIPPED)).containsExactly("messages");
  }

  @Test
  void aRefusedTokenIsExplained() throws Exception {
    String url = suite.baseUrl().toString();

    assertThat(Examined.of(url, "opaque", null).of("sign-in").advice()).contains("not a JWT");
    String changed = alice.token().substring(0, alice.token().length() - 8) + "AAAAAAAA";
    assertThat(Examined.of(url, changed, null).of("sign-in").advice())
        .contains("has issuer " + suite.issuer().url(), "chat.issuers");
  }

  @Test
  void twoTokensOfOnePersonAreNotTwoPeople() throws Exception {
    Examined examined = Examined.of(suite.baseUrl().toString(), alice.token(), alice.freshToken());

    assertThat(examined.of("second sign-in").observation()).contains("same person");
  }

  @Test
  void peopleOfDifferentTenantsCannotTalk() throws Exception {
    ChatUser stranger = suite.newTenant().person("mallory");
    Examined examined = Examined.of(suite.baseUrl().toString(), alice.token(), stranger.token());

    assertThat(examined.of("conversation").advice()).contains("same tenant");
  }

  /// nginx without its settings for this chat: no upgrade, and bodies up to 1 MiB.
  @Test
  void aProxyWithDefaultSettingsIsNamedAsTheCause() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      StubServer proxy = StubServer.start().on("/", exchange -> forward(http, exchange));
      try {
        Examined examined = Examined.of(proxy.address(), alice.token(), null);

        assertThat(examined.names(Verdict.FAILED)).containsExactly("socket", "upload");
        assertThat(examined.of("socket").advice()).contains("proxy", "Upgrade");
        assertThat(examined.of("upload").advice()).contains("client_max_body_size");
      } finally {
        proxy.stop();
      }
    }
  }

  private void forward(HttpClient http, HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (body.length > NGINX_DEFAULT_BODY) {
      StubServer.answer(exchange, 413);
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(suite.baseUrl() + exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String header : List.of("Authorization", "Content-Type")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try (exchange) {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(response.statusCode(), response.body().length);
      exchange.getResponseBody().write(response.body());
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("forwarding").initCause(problem);
    }
  }
}
