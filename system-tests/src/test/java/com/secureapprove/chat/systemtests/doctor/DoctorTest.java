package com.secureapprove.chat.systemtests.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.doctor.CheckResult.Verdict;
import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// Broken installations that need no running suite.
class DoctorTest {

  @Test
  void anUnknownNameStopsTheExamination() throws Exception {
    Examined examined = Examined.of("https://chat.invalid", "token", null);

    assertThat(examined.names(Verdict.FAILED)).containsExactly("name");
    assertThat(examined.results()).hasSize(1);
    assertThat(examined.of("name").advice()).contains("DNS");
  }

  @Test
  void aPortWithoutServerIsReported() throws Exception {
    int port = Ports.free(1).getFirst();
    Examined examined = Examined.of("http://127.0.0.1:" + port, "token", null);

    assertThat(examined.of("gateway").observation()).contains("No server", "port " + port);
  }

  @Test
  void aPortWithoutTlsIsReported() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> refuseTls(server));
      Examined examined = Examined.of("https://localhost:" + server.getLocalPort(), "token", null);

      assertThat(examined.of("gateway").observation()).contains("TLS with localhost failed");
    }
  }

  /// Answers like an HTTP server without TLS.
  private static void refuseTls(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read();
        socket
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException _) {
        // The client left, or the test ended.
      }
    }
  }

  @Test
  void aProxyWithoutAReadyGatewayIsReported() throws Exception {
    Examined examined = examine(exchange -> StubServer.answer(exchange, 502));

    assertThat(examined.of("gateway").advice()).contains("does not reach a gateway");
  }

  @Test
  void anotherApplicationIsNotTakenForTheGateway() throws Exception {
    Examined examined =
        examine(exchange -> {
          try (exchange) {
            byte[] page = "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          }
        });

    assertThat(examined.of("gateway").observation()).contains("status 200", "Sign in");
    assertThat(examined.of("gateway").advice()).contains("not a response of the gateway");
  }

  @Test
  void anExpiredTokenIsNamedWithItsTime() throws Exception {
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"exp\":1000000000}".getBytes(StandardCharsets.UTF_8));
    StubServer server =
        StubServer.start()
            .on(
                "/api/chat/me/",
                exchange -> {
                  exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
                  StubServer.answer(exchange, 401);
                });
    try {
      Examined examined = Examined.of(server.address(), "e30." + claims + ".AA", null);

      assertThat(examined.of("sign-in").advice()).contains("expired at 2001-09-09T01:46:40Z");
      assertThat(examined.of("web client").observation()).contains("status 404");
    } finally {
      server.stop();
    }
  }

  private static Examined examine(HttpHandler handler) throws Exception {
    StubServer server = StubServer.start().on("/", handler);
    try {
      return Examined.of(server.address(), "token", null);
    } finally {
      server.stop();
    }
  }
}
