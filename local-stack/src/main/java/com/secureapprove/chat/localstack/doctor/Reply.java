package com.secureapprove.chat.localstack.doctor;

import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/// A complete HTTP response.
record Reply(int status, Headers headers, String body) {

  private static final int LONGEST_EXCERPT = 120;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED = 415;
  private static final int RATE_LIMITED = 429;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  boolean isOk() {
    return status / 100 == 2;
  }

  /// Whether the gateway itself refused the request. Proxies respond with HTML or nothing.
  boolean isProblem() {
    return contentType().startsWith("application/problem+json");
  }

  String contentType() {
    String type = headers.get("Content-Type");
    return type == null ? "" : type;
  }

  /// The response as a JSON object.
  Map<String, Object> object() throws CheckFailed {
    try {
      return JsonUtil.parseJson(body);
    } catch (JoseException _) {
      throw unexpected("The response is not JSON: " + excerpt());
    }
  }

  /// The response as a JSON array.
  List<?> array() throws CheckFailed {
    try {
      return JsonUtil.parseJson("{\"items\":" + body + "}").get("items") instanceof List<?> items
          ? items
          : List.of();
    } catch (JoseException _) {
      throw unexpected("The response is not JSON: " + excerpt());
    }
  }

  /// The failure that this response means, for a request that should have succeeded.
  CheckFailed refused(String request) {
    return new CheckFailed("%s: status %d, %s".formatted(request, status, excerpt()), advice());
  }

  private String excerpt() {
    if (isProblem()) {
      try {
        return String.valueOf(JsonUtil.parseJson(body).get("detail"));
      } catch (JoseException _) {
        // Shown as it is.
      }
    }
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST_EXCERPT ? line.substring(0, LONGEST_EXCERPT) + " …" : line;
  }

  private static CheckFailed unexpected(String observation) {
    return new CheckFailed(
        observation, "Another server answers here. Check where the proxy sends this path.");
  }

  private String advice() {
    if (!isProblem()) {
      return switch (status) {
        case NOT_FOUND -> "The proxy does not forward this path to the gateway.";
        case TOO_LARGE -> "The proxy limits bodies. nginx: client_max_body_size 0.";
        case BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT ->
            "The proxy does not reach a gateway that is ready. Check the readiness of the gateway"
                + " and the network policy of its entry point.";
        default ->
            "This is not a response of the gateway. Check where the proxy sends this path, and"
                + " whether it demands a sign-in of its own.";
      };
    }
    return switch (status) {
      case UNAUTHORIZED -> "The gateway does not accept the token.";
      case FORBIDDEN ->
          "The token names no tenant, or the directory of the tenant does not contain this person"
              + " as active. Provision the person by SCIM.";
      case TOO_LARGE -> "CHAT_UPLOAD_MAX_SIZE is below the size that me/ promises.";
      case UNSUPPORTED -> "The type of the file is not allowed.";
      case RATE_LIMITED ->
          "The rate limit of this person is used up. Use people that only this check uses.";
      case UNAVAILABLE ->
          "A service behind the gateway does not answer. Check the readiness of all components, and"
              + " the log of the gateway for dependency_unavailable.";
      default -> "Look up the trace_id of the response in the log of the gateway.";
    };
  }
}
