package com.secureapprove.chat.benchmark.stack;

import com.secureapprove.chat.localstack.stack.Instance;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalDouble;

/// Reads meters of a component in the text format of Prometheus.
public final class Metrics {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Metrics() {}

  /// The largest value of a meter over all of its labels; empty if the component has no such meter.
  public static OptionalDouble largest(BenchStack stack, Instance instance, String meter)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(stack.stack().managementUrl(instance).resolve("/q/metrics"))
            .timeout(TIMEOUT)
            .build();
    return largest(HTTP.send(request, BodyHandlers.ofString()).body(), meter);
  }

  static OptionalDouble largest(String exposition, String meter) {
    return exposition
        .lines()
        .filter(line -> line.startsWith(meter + " ") || line.startsWith(meter + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .max();
  }
}
