package com.secureapprove.chat.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// The limit of B3: a Vert.x server, in a separate process, that sends each message of a client to
/// all clients. It has no sign-in, no storage and no event bus.
final class BareBroadcast {
  /// The length of a `message_created` frame whose content has 100 characters.
  private static final int FRAME_LENGTH = 668;

  /// @param perSecond deliveries a second
  /// @param cpuMicros the server's CPU time for one
  record Figures(double perSecond, double cpuMicros) {}

  private BareBroadcast() {}

  /// Runs the server. Prints its port.
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    Set<ServerWebSocket> sockets = ConcurrentHashMap.newKeySet();
    String frame = "x".repeat(FRAME_LENGTH);
    vertx
        .createHttpServer()
        .webSocketHandler(socket -> {
          sockets.add(socket);
          socket.closeHandler(_ -> sockets.remove(socket));
          socket.textMessageHandler(sender -> {
            String text = sender + frame.substring(sender.length());
            sockets.forEach(each -> each.writeTextMessage(text));
          });
        })
        .listen(0, "127.0.0.1")
        .onSuccess(server -> System.out.println(server.actualPort()));
  }

  /// Measures the server with as many clients as a group has members. Each of a few senders sends
  /// its next message when it gets its last one.
  static Figures measure(
      WebSocketClient client, int clients, int senders, Duration warmUp, Duration time)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BareBroadcast.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(output.readLine());
      AtomicLong delivered = new AtomicLong();
      List<WebSocket> sockets = connect(client, port, clients);
      for (int i = 0; i < sockets.size(); i++) {
        WebSocket socket = sockets.get(i);
        String name = "sender-%03d".formatted(i);
        boolean sends = i < senders;
        socket.textMessageHandler(text -> {
          delivered.incrementAndGet();
          if (sends && text.startsWith(name)) {
            socket.writeTextMessage(name);
          }
        });
        if (sends) {
          socket.writeTextMessage(name);
        }
      }
      Thread.sleep(warmUp);
      CpuMeter cpu = new CpuMeter(() -> Map.of("bare", server.toHandle()));
      cpu.start();
      long before = delivered.get();
      long begin = System.nanoTime();
      Thread.sleep(time);
      long count = delivered.get() - before;
      double seconds = (System.nanoTime() - begin) / 1e9;
      Figures figures = new Figures(count / seconds, cpu.total().toNanos() / 1e3 / count);
      sockets.forEach(WebSocket::close);
      return figures;
    } finally {
      server.destroy();
    }
  }

  private static List<WebSocket> connect(WebSocketClient client, int port, int clients)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Future<WebSocket>> connecting = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      connecting.add(
          client.connect(
              new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/")));
    }
    return Future.all(connecting)
        .<List<WebSocket>>map(all -> all.list())
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }
}
