package com.secureapprove.chat.faultsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.clients.ApiResponse;
import com.secureapprove.chat.localstack.process.Polling;
import java.time.Duration;
import java.util.function.Supplier;

/// Repeats requests while their outcome is indeterminate.
final class Retries {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private Retries() {}

  /// The body of the successful response.
  ///
  /// @throws IllegalStateException if the request is refused, or its outcome stays indeterminate
  static JsonNode success(Supplier<ApiResponse> request) {
    ApiResponse response = response(request);
    if (!response.isSuccess()) {
      throw new IllegalStateException("request failed: " + response);
    }
    return response.json();
  }

  /// The first success or refusal; the last response if the outcome stays indeterminate.
  static ApiResponse response(Supplier<ApiResponse> request) {
    ApiResponse[] last = new ApiResponse[1];
    Polling.until(
        TIMEOUT,
        () -> {
          last[0] = request.get();
          return !last[0].isIndeterminate();
        });
    return last[0];
  }
}
