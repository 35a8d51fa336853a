package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Clients that promise a body and do not send it.
@QuarkusTest
class SlowBodyTest extends GatewayTest {
  private static final int CLIENTS = 40;
  private static final int PATIENCE_MILLIS = 60_000;

  @Test
  void theyAreClosedAndThePartIsNotBlamed() throws IOException {
    String path = "/api/chat/conversations/" + UUID.randomUUID();
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(promise(path + "/mark_read/"));
      }
      as("acme", "alice").get(path + "/messages/").then().statusCode(200);
      for (Socket client : clients) {
        assertThat(client.getInputStream().read()).as("nothing but the end").isEqualTo(-1);
      }
      as("acme", "alice").get(path + "/messages/").then().statusCode(200);
      as("acme", "alice").body("{}").post(path + "/mark_read/").then().statusCode(200);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static Socket promise(String path) throws IOException {
    Socket socket = new Socket("127.0.0.1", URI.create(Client.origin()).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket
        .getOutputStream()
        .write(
            """
            POST %s HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer %s\r
            Content-Type: application/json\r
            Content-Length: 100\r
            \r
            {"up_to":\
            """
                .formatted(path, Client.token("acme", "alice"))
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
