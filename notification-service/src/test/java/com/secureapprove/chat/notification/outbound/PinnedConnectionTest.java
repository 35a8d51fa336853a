package com.secureapprove.chat.notification.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.notification.Administrator;
import com.secureapprove.chat.notification.Administrator.Created;
import com.secureapprove.chat.notification.ChosenNames;
import com.secureapprove.chat.notification.Events;
import com.secureapprove.chat.notification.NotificationStores;
import com.secureapprove.chat.notification.Receiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

/// What a name resolves to may change between two look-ups, and a receiver may lead elsewhere or
/// never end. None of it reaches an address that is not allowed, and none of it takes long.
@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class PinnedConnectionTest {
  @Inject Events events;
  @Inject OutboundCalls calls;

  private final Administrator admin = Administrator.ofNewTenant();

  @Test
  void theConnectionGoesToTheAddressThatWasChecked() {
    try (Receiver receiver = Receiver.start()) {
      ChosenNames.answer("pinned.chat.test", "127.0.0.1", "127.0.0.1", "127.0.0.2");
      admin.created("http://pinned.chat.test:" + receiver.port() + "/", "message.created");

      events.append(events.message(admin.tenant(), "pinned"));

      await().until(() -> receiver.calls().size() == 1);
      assertThat(receiver.calls().getFirst().headers().get("host"))
          .isEqualTo("pinned.chat.test:" + receiver.port());
      assertThat(ChosenNames.lookups("pinned.chat.test"))
          .as("one for the creation, one for the attempt")
          .isEqualTo(2);
    }
  }

  @Test
  void aNameThatHasBecomePrivateIsNotCalled() {
    try (Receiver internal = Receiver.start("127.0.0.2")) {
      ChosenNames.answer("rebound.chat.test", "127.0.0.1", "127.0.0.2");
      Created endpoint =
          admin.created("http://rebound.chat.test:" + internal.port() + "/", "message.created");

      events.append(events.message(admin.tenant(), "rebound"));

      await()
          .until(() ->
              admin.deliveries(endpoint).stream()
                  .anyMatch(each -> "dead".equals(each.get("state"))));
      assertThat(admin.deliveries(endpoint).getFirst())
          .containsEntry("last_error", "the URL must have a public address");
      assertThat(internal.calls()).isEmpty();
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    try (Receiver internal = Receiver.start("127.0.0.2");
        Receiver receiver = Receiver.start()) {
      for (int status : List.of(301, 302, 303, 307, 308)) {
        receiver.answering(
            Receiver.status(status, "Location", "http://127.0.0.2:" + internal.port() + "/"));

        assertThat(calls.post(receiver.url(), Map.of(), new byte[0]))
            .isInstanceOfSatisfying(
                OutboundCalls.Answered.class,
                answered -> assertThat(answered.status()).isEqualTo(status));
      }
      assertThat(internal.calls()).isEmpty();
    }
  }

  @Test
  void anEndlessBodyIsNotRead() throws Exception {
    try (ServerSocket server =
        server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")) {
      assertThat(calls.post(url(server), Map.of(), new byte[0]))
          .isInstanceOf(OutboundCalls.Answered.class);
    }
  }

  @Test
  void endlessHeadersAreRefused() throws Exception {
    try (ServerSocket server = server("HTTP/1.1 200 OK\r\n", "X-More: 0123456789abcdef\r\n")) {
      assertThat(calls.post(url(server), Map.of(), new byte[0]))
          .isInstanceOf(OutboundCalls.Unanswered.class);
    }
  }

  @Test
  void interimResponsesDoNotExtendTheTimeLimit() throws Exception {
    try (ServerSocket server = server("", "HTTP/1.1 100 Continue\r\n\r\n")) {
      long since = System.nanoTime();
      assertThat(calls.post(url(server), Map.of(), new byte[0]))
          .isInstanceOf(OutboundCalls.Unanswered.class);
      assertThat((System.nanoTime() - since) / 1_000_000_000.0).isLessThan(8);
    }
  }

  @Test
  void aRefusedConnectionIsNoAnswer() throws Exception {
    int free;
    try (ServerSocket server = new ServerSocket(0)) {
      free = server.getLocalPort();
    }
    assertThat(calls.post("http://127.0.0.1:" + free + "/", Map.of(), new byte[0]))
        .isInstanceOf(OutboundCalls.Unanswered.class);
  }

  private static String url(ServerSocket server) {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  /// A server that reads a request, begins its response, and then repeats a text until the client
  /// disconnects.
  private static ServerSocket server(String begin, String repeated) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try (Socket socket = server.accept();
                Scanner request = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8);
                OutputStream out = socket.getOutputStream()) {
              request.useDelimiter("\r\n\r\n").next(); // a client refuses an earlier response
              out.write(begin.getBytes(StandardCharsets.UTF_8));
              while (!server.isClosed()) {
                out.write(repeated.getBytes(StandardCharsets.UTF_8));
              }
            } catch (IOException | NoSuchElementException e) {
              // The client disconnected, or the test ended.
            }
          }
        });
    return server;
  }
}
