package com.secureapprove.chat.gateway.http;

import io.vertx.ext.web.RoutingContext;

/// The path of a request as the services know it.
public final class RequestPath {
  private RequestPath() {}

  /// The normalized path without a trailing slash.
  public static String of(RoutingContext request) {
    String path = request.normalizedPath();
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
