package com.secureapprove.chat.benchmark.limit;

import com.secureapprove.chat.benchmark.load.Load;
import com.secureapprove.chat.benchmark.stack.BenchStack;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// The floor of B2: a server that commits one row for each message, and then writes the message to
/// the other socket of the pair. It has no sign-in, no event bus and no second process.
public final class CommitFloor {
  private static final int CONNECTIONS = 8;
  private static final int STAMP_LENGTH = 20;
  private static final String PADDING = "x".repeat(100);

  private CommitFloor() {}

  /// Runs the server. Prints its port.
  public static void main(String[] arguments) throws SQLException {
    BlockingQueue<Connection> pool = new ArrayBlockingQueue<>(CONNECTIONS);
    for (int i = 0; i < CONNECTIONS; i++) {
      pool.add(
          DriverManager.getConnection(
              System.getenv("FLOOR_URL"), "postgres", System.getenv("FLOOR_PASSWORD")));
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Map<String, ServerWebSocket> sockets = new ConcurrentHashMap<>();
    Vertx.vertx()
        .createHttpServer()
        .webSocketHandler(socket -> {
          String path = socket.path();
          String other = path.substring(0, path.length() - 1) + (path.endsWith("a") ? "b" : "a");
          sockets.put(path, socket);
          socket.textMessageHandler(text ->
              threads.execute(() -> {
                commit(pool, text);
                ServerWebSocket receiver = sockets.get(other);
                if (receiver != null) {
                  receiver.writeTextMessage(text);
                }
              }));
        })
        .listen(0, "127.0.0.1")
        .onSuccess(server -> System.out.println(server.actualPort()));
  }

  private static void commit(BlockingQueue<Connection> pool, String text) {
    try {
      Connection connection = pool.take();
      try (PreparedStatement insert =
          connection.prepareStatement("insert into bench_floor (content) values (?)")) {
        insert.setString(1, text);
        insert.executeUpdate();
      } finally {
        pool.add(connection);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sends at a fixed rate, and returns the latency in nanoseconds from the intended send to the
  /// frame at the other socket.
  public static Histogram measure(
      BenchStack stack, Load load, int pairs, int perSecond, Duration warmUp, Duration time)
      throws Exception {
    try (Connection connection = stack.database();
        var statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists bench_floor (id bigserial primary key,"
              + " content text, created_at timestamptz default now())");
    }
    Map<String, String> database =
        Map.of(
            "FLOOR_URL", stack.stack().postgres().jdbcUrl("chat"),
            "FLOOR_PASSWORD", stack.stack().postgres().password("postgres"));
    try (ServerProcess server = ServerProcess.start(CommitFloor.class, List.of(), database)) {
      Recorder latency = new Recorder(3);
      List<WebSocket> sockets = new ArrayList<>();
      for (int i = 0; i < 2 * pairs; i++) {
        WebSocket socket =
            load.client()
                .connect(
                    new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(server.port())
                        .setURI("/%d%s".formatted(i / 2, i % 2 == 0 ? "a" : "b")))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        socket.textMessageHandler(text ->
            latency.recordValue(
                Math.max(0, System.nanoTime() - Long.parseLong(text, 0, STAMP_LENGTH, 10))));
        sockets.add(socket);
      }
      Load.NthSend send =
          (n, intended) ->
              sockets
                  .get((int) (n % sockets.size()))
                  .writeTextMessage("%020d%s".formatted(intended, PADDING));
      Load.pace(perSecond, warmUp, send);
      latency.getIntervalHistogram();
      Load.pace(perSecond, time, send);
      Thread.sleep(1_000);
      sockets.forEach(WebSocket::close);
      return latency.getIntervalHistogram();
    }
  }
}
