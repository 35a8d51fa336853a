package com.secureapprove.chat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One person calls an upstream that does not respond to them, more often than their share allows.
@QuarkusTest
@TestProfile(FairSharesTest.Patient.class)
class FairSharesTest extends GatewayTest {
  private static final String LIST = "/api/chat/conversations/";
  private static final int FLOOD = 300;
  private static final int PERMITS_OF_A_PERSON = 8;
  private static final int WAITING_OF_A_PERSON = 100;

  public static final class Patient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chat.calls.forwarded-within", "60s",
          "chat.calls.waiting-within", "60s",
          "chat.attachment.url", "http://127.0.0.1:${test.services.port}");
    }
  }

  @Test
  void theReadsOfOthersAreServedAndTheFloodGets429() throws Exception {
    as("acme", "alice").get(LIST).then().statusCode(200);
    services.hang("/api/chat/conversations?limit=7");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> flood = new ArrayList<>();
      for (int i = 0; i < FLOOD; i++) {
        flood.add(threads.submit(() -> as("acme", "alice").get(LIST + "?limit=7")));
      }
      int refused = FLOOD - PERMITS_OF_A_PERSON - WAITING_OF_A_PERSON;
      await().until(() -> flood.stream().filter(Future::isDone).count() == refused);
      assertThat(services.calls("/api/chat/conversations?limit=7")).hasSize(PERMITS_OF_A_PERSON);
      as("acme", "bob").get(LIST + "?limit=5").then().statusCode(200);
      as("globex", "dave").get(LIST + "?limit=5").then().statusCode(200);

      services.goOn();
      for (Future<Response> call : flood) {
        Response response = call.get();
        assertThat(response.statusCode()).isIn(200, 429);
        if (response.statusCode() == 429) {
          response.then().header("Retry-After", "2").contentType("application/problem+json");
        }
      }
    }
    as("acme", "alice").get(LIST).then().statusCode(200);
  }

  /// Queries that do not restrict this list to a page.
  @ParameterizedTest
  @ValueSource(strings = {"whole", "LIMIT=5", "since_id=1", "limit=&limit=5"})
  void aPersonReadsTwoWholeListsAtATimeAndPagesBesideThem(String query) throws Exception {
    services.hang("/api/chat/conversations?" + query);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> flood = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        flood.add(threads.submit(() -> as("acme", "alice").get(LIST + "?" + query)));
      }
      await().until(() -> services.calls("/api/chat/conversations?" + query).size() == 2);
      as("acme", "alice").get(LIST + "?limit=5").then().statusCode(200);
      as("acme", "bob").get(LIST).then().statusCode(200);
      assertThat(services.calls("/api/chat/conversations?" + query)).hasSize(2);
      services.goOn();
      for (Future<Response> call : flood) {
        call.get().then().statusCode(200);
      }
    } finally {
      services.goOn();
    }
  }

  @Test
  void whoDoesNotReadDownloadsHoldsNoMorePermitsThanTheirOwn() throws Exception {
    List<Socket> readers = new ArrayList<>();
    try {
      for (int i = 0; i < PERMITS_OF_A_PERSON; i++) {
        readers.add(download("acme", "alice"));
        assertThat(status(readers.getLast())).isEqualTo("HTTP/1.1 200");
      }
      readers.add(download("acme", "alice"));
      readers.getLast().setSoTimeout(1_000);
      assertThatThrownBy(() -> status(readers.getLast()))
          .isInstanceOf(SocketTimeoutException.class); // it waits for a permit
      readers.add(download("globex", "dave"));
      assertThat(status(readers.getLast())).isEqualTo("HTTP/1.1 200");
    } finally {
      for (Socket reader : readers) {
        reader.close();
      }
    }
  }

  @Test
  void whoDisconnectsDuringADownloadHoldsNoPermit() throws Exception {
    for (int i = 0; i < 3 * PERMITS_OF_A_PERSON; i++) {
      try (Socket reader = download("acme", "carol")) {
        assertThat(status(reader)).as("download %d", i).isEqualTo("HTTP/1.1 200");
      }
    }
  }

  private static Socket download(String tenant, String person) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress("127.0.0.1", URI.create(Client.origin()).getPort()));
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(
            "GET /api/chat/attachments/%s/download/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(UUID.randomUUID(), Client.token(tenant, person))
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String status(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }

  @Test
  void sendsOfOthersAreStoredWhilePositionsOfOnePersonHang() {
    UUID conversation = services.conversation(1, "alice", "bob");
    services.hang("/api/chat/conversations/" + conversation + "/mark_read");
    services.hang("/internal/conversations/" + conversation + "/delivered");
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob")) {
      for (int i = 0; i < 150; i++) {
        alice.say(
            "{\"type\":\"mark_read\",\"conversation_id\":\"%s\",\"up_to\":\"%s\"}"
                .formatted(conversation, UUID.randomUUID()));
      }
      services.awaitCall("/api/chat/conversations/" + conversation + "/mark_read");
      bob.say(
          "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"x\",\"client_message_id\":\"k\"}"
              .formatted(conversation));
      assertThat(bob.nextOf("ack").path("client_message_id").asText()).isEqualTo("k");
    } finally {
      services.goOn();
    }
  }
}
