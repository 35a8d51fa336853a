package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Sends changed copies of valid requests and frames to a gateway: HTTP/1.1 heads, JSON, multipart
/// forms and frames. Finds server errors, responses with internal details, logged errors and floods
/// of log lines.
public final class FuzzRun {
  private static final int THREADS = 8;
  private static final int READ_TIMEOUT_MILLIS = 250;
  private static final int RESPONSE_BYTES = 4_096;
  private static final int FRAMES_PER_SOCKET = 40;
  private static final int MAX_FINDINGS = 20;

  /// Vert.x 4.5 logs this, without further effect, if a client disconnects while the last bytes of
  /// its request are queued for an upstream.
  private static final Pattern VERTX_RACE =
      Pattern.compile(
          "WARN .*AbstractEventExecutor.* Task: io\\.vertx\\.core\\.http\\.impl"
              + "\\.Http1xClientConnection.*NoSuchElementException");

  /// Log lines that are allowed for each request sent.
  private static final double LINES_PER_REQUEST = 0.2;

  /// The gateway, and people who send.
  ///
  /// @param tokens access tokens of several people, because each has rate limits
  /// @param logs the directory with the logs of the components
  public record Target(URI gateway, List<String> tokens, String conversation, Path logs) {}

  /// @param sent the number of requests and frames
  /// @param findings the faults, each with the input that caused it
  public record Result(long sent, Set<String> findings) {}

  private final Target target;
  private final long seed;
  private final Set<String> findings = new ConcurrentSkipListSet<>();
  private final AtomicLong sent = new AtomicLong();

  /// @param seed equal seeds give equal inputs
  public FuzzRun(Target target, long seed) {
    this.target = target;
    this.seed = seed;
  }

  /// Sends for a time, and returns the findings.
  public Result run(Duration time) {
    long before = logLines();
    List<String> errors = errorLines();
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed * THREADS + i);
        threads.execute(() -> {
          while (System.nanoTime() < end && findings.size() < MAX_FINDINGS) {
            step(random);
          }
        });
      }
    }
    List<String> logged = errorLines();
    errors.forEach(logged::remove);
    logged.stream().limit(MAX_FINDINGS).forEach(line -> findings.add("logged: " + line));
    if (logLines() - before > 100 + sent.get() * LINES_PER_REQUEST) {
      findings.add("the logs have %d new lines".formatted(logLines() - before));
    }
    return new Result(sent.get(), findings);
  }

  private void step(Random random) {
    try {
      if (random.nextInt(8) == 0) {
        frames(random);
      } else {
        request(random);
      }
    } catch (IOException | RuntimeException _) {
      // the gateway closed the connection, which it may
    }
  }

  private void request(Random random) throws IOException {
    Mutator mutator = new Mutator(random);
    String body = body(random);
    boolean changesHead = random.nextInt(3) == 0;
    byte[] changed = mutator.mutated(body.getBytes(StandardCharsets.UTF_8));
    byte[] head = head(body, changed.length, random).getBytes(StandardCharsets.UTF_8);
    sent.incrementAndGet();
    try (Socket socket = new Socket(target.gateway().getHost(), target.gateway().getPort())) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      socket.getOutputStream().write(changesHead ? mutator.mutated(head) : head);
      socket.getOutputStream().write(changed);
      byte[] response = new byte[RESPONSE_BYTES];
      int length = Math.max(0, socket.getInputStream().read(response));
      judge(
          new String(response, 0, length, StandardCharsets.UTF_8),
          new String(changed, StandardCharsets.UTF_8));
    }
  }

  private void judge(String response, String input) {
    boolean failed =
        response.matches("(?s)HTTP/1\\.1 5\\d\\d.*") && !response.startsWith("HTTP/1.1 503");
    if (failed || response.contains("Exception") || response.contains("\tat ")) {
      findings.add(
          response.lines().findFirst().orElse("")
              + " after "
              + input.substring(0, Math.min(200, input.length())));
    }
  }

  private String body(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "{\"content\":\"hello\",\"client_message_id\":\"k%d\"}".formatted(random.nextInt());
      case 1 -> "{\"participant_ids\":[\"a\",\"b\"],\"title\":\"t\"}";
      case 2 -> "{\"up_to\":\"01900000-0000-7000-8000-000000000000\"}";
      default ->
          """
          --b\r
          Content-Disposition: form-data; name="content"\r
          \r
          hello\r
          --b\r
          Content-Disposition: form-data; name="attachments"; filename="a.txt"\r
          Content-Type: text/plain\r
          \r
          text\r
          --b--\r
          """;
    };
  }

  private String head(String body, int length, Random random) {
    boolean form = body.startsWith("--b");
    String conversation = "conversations/" + target.conversation() + "/";
    String path =
        form
            ? random.nextBoolean() ? conversation + "messages/" : "attachments/"
            : body.contains("participant_ids")
                ? "conversations/start_group/"
                : conversation + (body.contains("up_to") ? "mark_read/" : "messages/");
    return """
    POST /api/chat/%s HTTP/1.1\r
    Host: localhost\r
    Authorization: Bearer %s\r
    Content-Type: %s\r
    Content-Length: %d\r
    \r
    """
        .formatted(
            path,
            token(random),
            form ? "multipart/form-data; boundary=b" : "application/json",
            length);
  }

  private String token(Random random) {
    return target.tokens().get(random.nextInt(target.tokens().size()));
  }

  private void frames(Random random) {
    Mutator mutator = new Mutator(random);
    AtomicBoolean closed = new AtomicBoolean();
    WebSocketClient.Listener listener =
        new WebSocketClient.Listener() {
          @Override
          public void onText(String frame) {
            if (frame.contains("\"code\":\"internal") || frame.contains("Exception")) {
              findings.add("frame " + frame);
            }
          }

          @Override
          public void onClosed(int code) {
            closed.set(true);
          }
        };
    try (WebSocketClient socket =
        WebSocketClient.builder()
            .header("Authorization", "Bearer " + token(random))
            .open(
                URI.create(target.gateway().toString().replace("http:", "ws:") + "/ws/chat/"),
                listener)) {
      for (int i = 0; i < FRAMES_PER_SOCKET && !closed.get(); i++) {
        byte[] frame = mutator.mutated(frame(random).getBytes(StandardCharsets.UTF_8));
        socket.offer(new String(frame, StandardCharsets.UTF_8));
        sent.incrementAndGet();
      }
    }
  }

  private String frame(Random random) {
    String conversation = ",\"conversation_id\":\"" + target.conversation() + "\"";
    return switch (random.nextInt(4)) {
      case 0 -> "{\"type\":\"ping\"}";
      case 1 -> "{\"type\":\"typing\"" + conversation + "}";
      case 2 ->
          "{\"type\":\"delivered\""
              + conversation
              + ",\"up_to\":\"01900000-0000-7000-8000-000000000000\"}";
      default ->
          "{\"type\":\"send\"%s,\"content\":\"hello\",\"client_message_id\":\"f%d\"}"
              .formatted(conversation, random.nextInt());
    };
  }

  private long logLines() {
    AtomicLong count = new AtomicLong();
    readLogs(_ -> count.incrementAndGet());
    return count.get();
  }

  /// The log lines with the level ERROR or with a stack trace.
  private List<String> errorLines() {
    Set<String> errors = new LinkedHashSet<>();
    String[] latest = {""};
    readLogs(line -> {
      if (line.startsWith("\tat ")) {
        errors.add(latest[0]);
      } else if (line.startsWith("20")) { // a date; other lines continue the line before
        latest[0] = line;
        if (line.contains(" ERROR ")) {
          errors.add(line);
        }
      }
    });
    errors.removeIf(line -> VERTX_RACE.matcher(line).find());
    return new ArrayList<>(errors);
  }

  private void readLogs(Consumer<String> reader) {
    try (Stream<Path> files = Files.list(target.logs())) {
      for (Path file : files.toList()) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          lines.forEach(reader);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
