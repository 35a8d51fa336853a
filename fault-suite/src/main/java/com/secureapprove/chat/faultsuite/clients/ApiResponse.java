package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/// The response to a request.
///
/// @param status the HTTP status; 0 if no response arrived
public record ApiResponse(int status, byte[] body) {

  /// Whether the request succeeded.
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /// Whether the request may be repeated, because it may have failed or succeeded. The next request
  /// uses a new token if the token has expired.
  public boolean isIndeterminate() {
    return status == 0 || status == 401 || status == 429 || status >= 500;
  }

  public JsonNode json() {
    return ClientJson.read(text());
  }

  @Override
  public String toString() {
    return status + " " + text();
  }

  private String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
