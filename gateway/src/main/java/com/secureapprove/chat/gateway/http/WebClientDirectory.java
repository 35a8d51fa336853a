package com.secureapprove.chat.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;

/// Serves a rebuilt web client from a directory while its script is there, so that a developer sees
/// a change without a restart. Without the setting, no route is added.
@Singleton
class WebClientDirectory {
  private final WebClientConfig config;

  WebClientDirectory(WebClientConfig config) {
    this.config = config;
  }

  void register(@Observes Router router) {
    config
        .directory()
        .map(directory -> directory.resolve("tenant_chat.js"))
        .ifPresent(script ->
            router
                .get("/tenant_chat.js")
                .order(RouteOrder.WEB_CLIENT)
                .handler(request -> serve(request, script)));
  }

  private static void serve(RoutingContext request, Path script) {
    if (!Files.exists(script)) {
      request.next();
      return;
    }
    request
        .response()
        .putHeader("Access-Control-Allow-Origin", "*")
        .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript; charset=utf-8")
        .sendFile(script.toAbsolutePath().toString());
  }
}
