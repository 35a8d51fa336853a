package com.secureapprove.chat.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Upgrades as different clients and proxies write them.
@QuarkusTest
class UpgradeHeadersTest extends GatewayTest {

  @Test
  void subprotocolsMayComeInSeveralHeaderLines() throws IOException {
    String carrier = "quarkus-http-upgrade#Authorization#Bearer " + Client.token("acme", "alice");
    String token = URLEncoder.encode(carrier, StandardCharsets.UTF_8).replace("+", "%20");
    for (List<String> lines :
        List.of(
            List.of("chat.v1, bearer-token-carrier, " + token),
            List.of("chat.v1", "bearer-token-carrier", token),
            List.of(token, "bearer-token-carrier", "chat.v1"),
            List.of("bearer-token-carrier", "chat.v1, " + token))) {
      String answer = upgrade(lines);
      assertThat(answer).startsWith("HTTP/1.1 101").contains("\"type\":\"connected\"");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT))
          .contains("sec-websocket-protocol: ")
          .doesNotContain("quarkus-http-upgrade");
    }
  }

  /// The response up to the first frame.
  private static String upgrade(List<String> protocols) throws IOException {
    int port = URI.create(Client.origin()).getPort();
    StringBuilder request =
        new StringBuilder(
            """
            GET /ws/chat/ HTTP/1.1\r
            Host: localhost:%d\r
            Upgrade: websocket\r
            Connection: keep-alive, Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """
                .formatted(port));
    protocols.forEach(p -> request.append("Sec-WebSocket-Protocol: ").append(p).append("\r\n"));
    request.append("\r\n");
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      byte[] buffer = new byte[4096];
      while (!answer.toString().contains("connected")) {
        int read = in.read(buffer);
        if (read < 0) {
          break;
        }
        answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      }
      return answer.toString();
    }
  }
}
