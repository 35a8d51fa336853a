package com.secureapprove.chat.gateway.routing;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The labels `uri` and `method` of the meter of requests. Each has a fixed set of values: the
/// endpoints' path templates, and `/other` for all other paths. The registry keeps a limited number
/// of values; without this, unknown paths of anonymous clients could exhaust it.
@Singleton
class RequestLabels implements HttpServerMetricsTagsContributor {
  private static final String OTHER = "/other";
  private static final String UNSUBSCRIBE = "/api/chat/unsubscribe/";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> EXACT =
      Set.of(
          "/",
          "/chat",
          "/developers",
          "/session",
          "/sign-out",
          "/sign-in/failed",
          "/ws/chat",
          "/tenant_chat.js",
          "/tenant_chat_worker.js",
          "/openapi.yaml",
          "/asyncapi.yaml",
          "/scim/v2/Users");

  private record Family(String prefix, String label) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("/scim/v2/Users/", "/scim/v2/Users/{id}"),
          new Family("/pages/", "/pages/{file}"),
          new Family("/sign-in/", "/sign-in/{tenant}"),
          new Family("/t/", "/t/{tenant}"),
          new Family("/q/", "/q"));

  @Override
  public Tags contribute(Context context) {
    HttpServerRequest request = context.request();
    return Tags.of("uri", uri(request.path()), "method", method(request));
  }

  /// The method of a request, or `OTHER` if it is not one of HTTP.
  static String method(HttpServerRequest request) {
    String method = request.method().name();
    return METHODS.contains(method) ? method : "OTHER";
  }

  /// The template of a path.
  static String uri(@Nullable String path) {
    if (path == null || path.isEmpty()) {
      return OTHER;
    }
    String plain =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (plain.startsWith(WebhookRoutes.PREFIX)) {
      return WebhookRoutes.templateOf(plain).orElse(OTHER);
    }
    if (plain.startsWith(UNSUBSCRIBE)) {
      return UNSUBSCRIBE + "{token}";
    }
    if (plain.startsWith(ApiPaths.PREFIX)) {
      return ApiPaths.templateOf(plain.substring(ApiPaths.PREFIX.length()))
          .map(template -> ApiPaths.PREFIX + template)
          .orElse(OTHER);
    }
    if (EXACT.contains(plain)) {
      return plain;
    }
    return FAMILIES.stream()
        .filter(family -> plain.startsWith(family.prefix()))
        .map(Family::label)
        .findFirst()
        .orElse(OTHER);
  }
}
