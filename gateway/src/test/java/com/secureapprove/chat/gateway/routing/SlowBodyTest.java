package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Clients that declare a body but send it slowly or not at all.
@QuarkusTest
class SlowBodyTest extends GatewayTest {
  private static final String JSON = "application/json";
  private static final int CLIENTS = 40;
  private static final int UPLOADS_AT_A_TIME = 5;
  private static final Duration UPLOAD_WITHIN = Duration.ofSeconds(30);
  private static final int PATIENCE_MILLIS = 60_000;

  /// Each case waits ten seconds, so they run concurrently.
  @Test
  void slowClientsAreDisconnected() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<@Nullable Void>> cases =
          List.of(
              threads.submit(this::bodiesAreDisconnectedAndTheCircuitBreakerStaysClosed),
              threads.submit(this::aPersonWithTooManySlowUploadsIsRefusedFurtherOnes),
              threads.submit(this::anUploadThatArrivesByteByByteIsDisconnectedEarly));
      for (Future<@Nullable Void> each : cases) {
        each.get();
      }
    }
  }

  private @Nullable Void bodiesAreDisconnectedAndTheCircuitBreakerStaysClosed() throws IOException {
    String path = "/api/chat/conversations/" + UUID.randomUUID();
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(promise(path + "/mark_read/", "alice", 100));
      }
      as("acme", "alice").get(path + "/messages/").then().statusCode(200);
      for (Socket client : clients) {
        assertThat(client.getInputStream().read()).as("end of stream").isEqualTo(-1);
      }
      as("acme", "alice").get(path + "/messages/").then().statusCode(200);
      as("acme", "alice").body("{}").post(path + "/mark_read/").then().statusCode(200);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    return null;
  }

  private @Nullable Void aPersonWithTooManySlowUploadsIsRefusedFurtherOnes() throws IOException {
    String path = "/api/chat/conversations/" + UUID.randomUUID() + "/messages/";
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < UPLOADS_AT_A_TIME; i++) {
        clients.add(promise(path, "carol", 1_000_000));
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> form(path, "carol").statusCode(), status -> status == 429);
      form(path, "bob").then().statusCode(200);
      for (Socket client : clients) {
        assertThat(client.getInputStream().read()).as("end of stream").isEqualTo(-1);
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> form(path, "carol").statusCode(), status -> status == 200);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    return null;
  }

  private @Nullable Void anUploadThatArrivesByteByByteIsDisconnectedEarly() throws IOException {
    String path = "/api/chat/conversations/" + UUID.randomUUID() + "/messages/";
    long start = System.nanoTime();
    try (Socket client = promise(path, "bob", 1_000_000)) {
      client.setSoTimeout(500);
      await().atMost(UPLOAD_WITHIN.dividedBy(2)).until(() -> isClosedAfterOneMoreByte(client));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(UPLOAD_WITHIN);
    return null;
  }

  private static boolean isClosedAfterOneMoreByte(Socket client) {
    try {
      client.getOutputStream().write('x');
      return client.getInputStream().read() == -1;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  private static Response form(String path, String person) {
    return as("acme", person)
        .contentType("multipart/form-data")
        .multiPart("content", "x")
        .multiPart("padding", "x".repeat(30_000))
        .multiPart("more", "x".repeat(30_000))
        .multiPart("still more", "x".repeat(30_000))
        .post(path);
  }

  private static Socket promise(String path, String person, int bytes) throws IOException {
    Socket socket = new Socket("127.0.0.1", URI.create(Client.origin()).getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    String type = path.endsWith("/messages/") ? "multipart/form-data; boundary=b" : JSON;
    socket
        .getOutputStream()
        .write(
            """
            POST %s HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer %s\r
            Content-Type: %s\r
            Content-Length: %d\r
            \r
            {"up_to":\
            """
                .formatted(path, Client.token("acme", person), type, bytes)
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
