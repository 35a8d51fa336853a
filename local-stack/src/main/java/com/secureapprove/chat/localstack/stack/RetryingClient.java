package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.process.Polling;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// Sends requests to a service that may still be starting. Repeats those that are answered with 429
/// or 503, or not answered, until a deadline. Reports once why it waits. For one thread.
final class RetryingClient implements AutoCloseable {

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
  private static final Set<Integer> TEMPORARY = Set.of(429, 503);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Duration patience;
  private final long deadline;
  private final Progress progress;
  private boolean reported;

  /// @param patience the time for all requests together
  RetryingClient(Duration patience, Progress progress) {
    this.patience = patience;
    this.deadline = System.nanoTime() + patience.toNanos();
    this.progress = progress;
  }

  /// Returns the first response that is not temporary.
  ///
  /// @param what names the called service in messages
  /// @throws IOException if there is none before the deadline
  HttpResponse<String> send(String what, HttpRequest request) throws IOException {
    while (true) {
      String failure;
      try {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (!TEMPORARY.contains(response.statusCode())) {
          return response;
        }
        failure = "%s responded with %d %s".formatted(what, response.statusCode(), response.body());
      } catch (ConnectException | HttpTimeoutException _) {
        failure = "%s does not respond".formatted(what);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while filling the directories");
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("%s, for %d s".formatted(failure, patience.toSeconds()));
      }
      if (!reported) {
        progress.note("%s. Trying again for up to %d s.".formatted(failure, patience.toSeconds()));
        reported = true;
      }
      Polling.pause(BETWEEN_ATTEMPTS);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
