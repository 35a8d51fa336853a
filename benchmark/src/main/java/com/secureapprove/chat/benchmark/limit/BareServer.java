package com.secureapprove.chat.benchmark.limit;

import com.secureapprove.chat.benchmark.load.InFlight;
import com.secureapprove.chat.benchmark.stack.CpuMeter;
import com.secureapprove.chat.benchmark.stack.ProcessMemory;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// The limit of B3 and B4: a Vert.x server in a separate process that sends each message of a
/// client to all clients, and answers `ping`. It has no sign-in, no storage and no event bus.
public final class BareServer {
  /// The length of a `message_created` frame whose content has 100 characters.
  private static final int FRAME_LENGTH = 668;

  private static final int CONNECTING = 64;
  private static final int WARM_UP_CONNECTIONS = 500;
  private static final long PING_EVERY_SECONDS = 30;
  private static final long TIMEOUT_SECONDS = 600;

  /// What a broadcast gave.
  ///
  /// @param perSecond deliveries a second
  /// @param cpuMicros the server's CPU time for one
  public record Broadcast(double perSecond, double cpuMicros) {}

  /// What idle connections cost.
  ///
  /// @param resident bytes of resident memory of one connection
  /// @param heap live bytes of one connection
  /// @param cpuMicros CPU time of one connection in a second
  public record Idle(double resident, double heap, double cpuMicros) {}

  private BareServer() {}

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
            if (sender.equals("ping")) {
              socket.writeTextMessage("pong");
            } else {
              String text = sender + frame.substring(sender.length());
              sockets.forEach(each -> each.writeTextMessage(text));
            }
          });
        })
        .listen(0, "127.0.0.1")
        .onSuccess(server -> System.out.println(server.actualPort()));
  }

  /// Measures a broadcast to as many clients as a group has members. Each of a few senders sends
  /// its next message when it gets its last one.
  public static Broadcast broadcast(
      WebSocketClient client, int clients, int senders, Duration warmUp, Duration time)
      throws Exception {
    try (ServerProcess server = ServerProcess.start(BareServer.class, List.of(), Map.of())) {
      AtomicLong delivered = new AtomicLong();
      List<WebSocket> sockets = connect(client, server.port(), clients);
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
      CpuMeter cpu = new CpuMeter(() -> Map.of("bare", server.handle()));
      cpu.start();
      long before = delivered.get();
      long begin = System.nanoTime();
      Thread.sleep(time);
      long count = delivered.get() - before;
      double seconds = (System.nanoTime() - begin) / 1e9;
      Broadcast figures = new Broadcast(count / seconds, cpu.total().toNanos() / 1e3 / count);
      sockets.forEach(WebSocket::close);
      return figures;
    }
  }

  /// Measures idle connections that send a heartbeat every 30 seconds.
  ///
  /// @param options of the server's JVM
  public static Idle idle(
      Vertx vertx, WebSocketClient client, List<String> options, int connections, Duration time)
      throws Exception {
    try (ServerProcess server = ServerProcess.start(BareServer.class, options, Map.of())) {
      connect(client, server.port(), WARM_UP_CONNECTIONS).forEach(WebSocket::close);
      ProcessMemory before = ProcessMemory.afterCollection(server.handle());
      long heapBefore = ProcessMemory.liveHeap(server.handle());
      List<WebSocket> sockets = connect(client, server.port(), connections);
      int[] tick = {0};
      long pinging =
          vertx.setPeriodic(
              1_000,
              _ -> {
                tick[0]++;
                for (int i = (int) (tick[0] % PING_EVERY_SECONDS);
                    i < sockets.size();
                    i += (int) PING_EVERY_SECONDS) {
                  sockets.get(i).writeTextMessage("ping");
                }
              });
      CpuMeter cpu = new CpuMeter(() -> Map.of("bare", server.handle()));
      cpu.start();
      Thread.sleep(time);
      double cpuMicros = cpu.total().toNanos() / 1e3 / time.toSeconds() / connections;
      long heap = ProcessMemory.liveHeap(server.handle()) - heapBefore;
      long resident = ProcessMemory.afterCollection(server.handle()).resident() - before.resident();
      vertx.cancelTimer(pinging);
      sockets.forEach(WebSocket::close);
      return new Idle((double) resident / connections, (double) heap / connections, cpuMicros);
    }
  }

  private static List<WebSocket> connect(WebSocketClient client, int port, int clients)
      throws Exception {
    List<WebSocket> sockets = Collections.synchronizedList(new ArrayList<>());
    InFlight.run(
            IntStream.range(0, clients).boxed().toList(),
            CONNECTING,
            _ ->
                client
                    .connect(
                        new WebSocketConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(port)
                            .setURI("/"))
                    .onSuccess(sockets::add))
        .toCompletionStage()
        .toCompletableFuture()
        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return List.copyOf(sockets);
  }
}
