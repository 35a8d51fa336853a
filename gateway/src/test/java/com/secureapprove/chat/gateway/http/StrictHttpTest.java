package com.secureapprove.chat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that only a raw client can send.
@QuarkusTest
class StrictHttpTest extends GatewayTest {
  private static final String POST = "POST /api/chat/conversations/start/ HTTP/1.1\r\n";
  private static final String HOST = "Host: localhost\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "Transfer-Encoding: identity, chunked, gzip\r\n\r\n0\r\n\r\n",
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: 99999999999999999999\r\n\r\n{}",
        "Host: other.example\r\n\r\n",
        "Idempotency-Key: a\u0001b\r\nContent-Length: 2\r\n\r\n{}",
        "Idempotency-Key: a\u000bb\r\nContent-Length: 2\r\n\r\n{}",
        "X-Chat-Session: a\u007fb\r\nContent-Length: 2\r\n\r\n{}",
        "Idempotency-Key: a\rb\r\nContent-Length: 2\r\n\r\n{}",
        "Origin: http://localhost\r\nOrigin: https://evil.example\r\n\r\n",
        "Authorization: Bearer other\r\nContent-Length: 2\r\n\r\n{}",
        "Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 2\r\n\r\n{}"
      })
  void anAmbiguousRequestIsRefusedAndReachesNoService(String rest) throws IOException {
    String response = exchange(POST + HOST + authorization() + rest);
    assertThat(response).startsWith("HTTP/1.1 400 ");
    assertThat(services.calls("/api/chat/conversations/start")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host:\r\n",
        "Host: :80\r\n",
        "Host: a b\r\n",
        "Host: a:b:c\r\n",
        "host: /\r\n"
      })
  void aRequestWithoutAValidHostIsRefusedAndNotLogged(String host) throws IOException {
    try (CapturedLog log = CapturedLog.of("")) {
      assertThat(exchange("GET /api/chat/me/ HTTP/1.1\r\n" + host + authorization() + "\r\n"))
          .startsWith("HTTP/1.1 400 ");
      assertThat(log.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "gzip, identity"})
  void aCompressedBodyIsRefusedAndReachesNoService(String coding) throws IOException {
    String body = "Content-Encoding: " + coding + "\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(exchange(POST + HOST + authorization() + body)).startsWith("HTTP/1.1 415 ");
    assertThat(services.calls("/api/chat/conversations/start")).isEmpty();
  }

  @Test
  void aBodyWithoutACodingIsAccepted() throws IOException {
    String body = "Content-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}";
    assertThat(exchange(POST + HOST + authorization() + body)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aClientThatResetsItsConnectionIsNotLogged() throws IOException {
    try (CapturedLog log = CapturedLog.of("")) {
      for (int i = 0; i < 20; i++) {
        try (Socket socket = connected()) {
          socket.setSoLinger(true, 0); // closes with a reset
          socket.getOutputStream().write(i % 2 == 0 ? new byte[] {'G'} : new byte[0]);
        }
      }
      exchange("GET /api/chat/me/ HTTP/1.1\r\n" + HOST + authorization() + "\r\n");
      assertThat(log.errors()).isEmpty();
    }
  }

  @Test
  void anUpgradeToHttp2IsIgnored() throws IOException {
    String response =
        exchange(
            "GET /session HTTP/1.1\r\n"
                + HOST
                + "Connection: Upgrade, HTTP2-Settings, close\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");
    assertThat(response).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 101");
  }

  @Test
  void http2WithPriorKnowledgeIsRefused() throws IOException {
    String response = exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertThat(response).contains(" 501 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x1/%2e%2e",
        "/x1/..",
        "/./api/chat/me",
        "/api/chat/%2E/me",
        "/api/chat/.%2e/chat/me"
      })
  void aPathWithDotSegmentsIsRefused(String path) throws IOException {
    assertThat(exchange("GET " + path + " HTTP/1.1\r\n" + HOST + authorization() + "\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  private static String authorization() {
    return "Authorization: Bearer " + Client.token("acme", "alice") + "\r\n";
  }

  /// Sends bytes and returns the head of the response.
  private static String exchange(String request) throws IOException {
    try (Socket socket = connected()) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream response = socket.getInputStream();
      return new String(response.readNBytes(64), StandardCharsets.ISO_8859_1);
    }
  }

  private static Socket connected() throws IOException {
    return new Socket("127.0.0.1", URI.create(Client.origin()).getPort());
  }
}
