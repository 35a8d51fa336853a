package com.secureapprove.chat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.OwnIssuer;
import com.secureapprove.chat.gateway.SecureOrigin;
import com.secureapprove.chat.localstack.process.Ports;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host application by Django and the gateway on one origin, behind nginx with the example of the
/// operations guide. Skipped with a message without nginx or Django.
@QuarkusTest
@QuarkusTestResource(value = OwnIssuer.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SecureOrigin.class, restrictToAnnotatedClass = true)
class OneOriginTest extends GatewayTest {
  @TempDir Path directory;
  private LocalServer django;
  private ReverseProxy proxy;

  @BeforeEach
  void start() throws Exception {
    boolean installed = runs("python3", "-c", "import django");
    if (!installed) {
      System.err.println(
          "SKIPPED: one origin with a host application, because python3 has no Django");
    }
    assumeTrue(installed, "python3 has no Django");
    Path program = directory.resolve("host_application.py");
    try (InputStream source = OneOriginTest.class.getResourceAsStream("host_application.py")) {
      Files.copy(source, program);
    }
    int port = Ports.free(1).getFirst();
    ProcessBuilder python =
        new ProcessBuilder(
            "python3",
            program.toString(),
            Integer.toString(port),
            directory.toString(),
            Client.origin());
    django = LocalServer.start(python, port, directory.resolve("django.log"));
    proxy = ReverseProxy.ofOneOrigin(directory, URI.create(Client.origin()).getPort(), port);
    OwnIssuer.running().signsIn("acme", "zoe", _ -> {}, _ -> {});
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
    if (django != null) {
      django.close();
    }
  }

  @Test
  void nothingOfTheApplicationIsOverwrittenAndTheSignInReturnsToItsPage() {
    Browser dina = new Browser();
    assertThat(dina.get(proxy.url() + "/").body()).contains("Application: nobody");
    String csrf = dina.cookie("csrftoken");
    assertThat(enter(dina).statusCode()).isEqualTo(204);
    String session = dina.cookie("sessionid");
    assertThat(session).isNotEmpty();

    HttpResponse<String> order = signIn(dina, "/t/tests/?return_to=/orders/7/");
    assertThat(dina.at()).hasToString(proxy.url() + "/orders/7/");
    assertThat(order.body()).contains("Application: Dina");
    assertThat(dina.get("/tenant_chat_worker.js").headers().firstValue("ETag")).isPresent();
    assertThat(dina.get("/tenant_chat.js").headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
    HttpResponse<String> me = dina.get("/api/chat/me/");
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(dina.cookie("csrftoken")).isEqualTo(csrf);
    assertThat(dina.cookie("sessionid")).isEqualTo(session);

    String start = "/api/chat/conversations/start/";
    assertThat(dina.post(start, Map.of(), Map.of("X-CSRFToken", csrf)).statusCode()).isEqualTo(403);
    String token = me.body().replaceAll(".*\"csrf_token\":\"([^\"]+)\".*", "$1");
    Map<String, String> ofTheChat = Map.of("X-CSRFToken", token);
    assertThat(dina.post(start, Map.of(), ofTheChat).statusCode()).isEqualTo(200);
    assertThat(services.calls("/api/chat/conversations/start").getLast().headers())
        .doesNotContainKey("cookie");
    assertThat(enter(dina).statusCode()).isEqualTo(204);
  }

  @Test
  void eachSignOutEndsOnlyItsOwnSession() {
    Browser dina = inBoth();

    String leave = dina.cookie("csrftoken");
    dina.post("/leave/", Map.of(), Map.of("X-CSRFToken", leave));
    assertThat(dina.get("/").body()).contains("Application: nobody");
    assertThat(dina.get("/api/chat/me/").statusCode()).isEqualTo(200);

    enter(dina);
    dina.post("/sign-out", Map.of("csrf_token", dina.cookie("chat_csrftoken")), Map.of());
    assertThat(dina.get("/api/chat/me/").statusCode()).isEqualTo(401);
    assertThat(dina.get("/").body()).contains("Application: Dina");
  }

  @Test
  void aSignOutOfTheChatEndsBothIfItsNextPageSignsOutOfTheApplication() {
    Browser dina = inBoth();
    HttpResponse<String> out =
        dina.post("/sign-out", Map.of("csrf_token", dina.cookie("chat_csrftoken")), Map.of());
    assertThat(out.headers().firstValue("Location")).contains("/signed-out/");
    HttpResponse<String> form = dina.follow(out);
    assertThat(dina.get("/api/chat/me/").statusCode()).isEqualTo(401);
    assertThat(dina.get("/").body()).contains("Application: Dina"); // until the form is posted
    dina.submitForm(form);
    assertThat(dina.get("/").body()).contains("Application: nobody");
  }

  @Test
  void aSignOutOfTheApplicationEndsBothIfItsServerTellsTheGateway() {
    Browser dina = inBoth();
    Browser other = inBoth();
    String stolen = dina.cookies();
    Map<String, String> leave = Map.of("X-CSRFToken", dina.cookie("csrftoken"));
    try (Client hers = socketOf(dina);
        Client others = socketOf(other)) {
      assertThat(dina.post("/leave-both/", Map.of(), leave).statusCode()).isEqualTo(204);
      assertThat(hers.closeCode()).isEqualTo(4401);
      others.nothingButPong();
    }
    assertThat(dina.get("/").body()).contains("Application: nobody");
    assertThat(dina.get("/api/chat/me/").statusCode()).isEqualTo(401);
    anonymous().header("Cookie", stolen).get("/api/chat/me/").then().statusCode(401);
    assertThat(other.get("/api/chat/me/").statusCode()).isEqualTo(200);
  }

  /// A browser that is signed in to the application and to the chat.
  private Browser inBoth() {
    Browser dina = new Browser();
    dina.get(proxy.url() + "/");
    enter(dina);
    signIn(dina, "/t/tests/");
    assertThat(dina.at().getPath()).isEqualTo("/chat");
    return dina;
  }

  private static Client socketOf(Browser browser) {
    Client client =
        Client.open(
            "/ws/chat/",
            Client.builder()
                .header("Cookie", browser.cookies())
                .header("Origin", SecureOrigin.ORIGIN));
    assertThat(client.next().path("type").asText()).isEqualTo("connected");
    return client;
  }

  @Test
  void aPersonWithoutASessionIsAskedForTheOrganisationOnAPageOfTheChat() {
    Browser dina = new Browser();
    HttpResponse<String> page = dina.get(proxy.url() + "/chat");
    assertThat(page.headers().firstValue("Location")).contains("/t/");
    page = dina.get("/t/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Which organisation are you with?", "action=\"/t/\"");
    page = dina.get("/t/?organisation=tests");
    assertThat(page.headers().firstValue("Location")).contains("/t/tests/");
  }

  /// Signs in to the host application.
  private static HttpResponse<String> enter(Browser browser) {
    return browser.post(
        "/sign-in/", Map.of("name", "Dina"), Map.of("X-CSRFToken", browser.cookie("csrftoken")));
  }

  /// Signs in to the chat, and returns the last page.
  private HttpResponse<String> signIn(Browser browser, String path) {
    HttpResponse<String> page = browser.get(path);
    while (page.statusCode() / 100 == 3) {
      String location = page.headers().firstValue("Location").orElseThrow();
      page = browser.get(location.replace(SecureOrigin.ORIGIN, proxy.url()));
    }
    return page;
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
