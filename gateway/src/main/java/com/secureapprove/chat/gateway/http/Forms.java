package com.secureapprove.chat.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/// Reads small URL-encoded forms.
public final class Forms {
  private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  private Forms() {}

  /// Reads the body to its end. If the body is a form, the request's form attributes are then
  /// available; any other body is discarded.
  public static Future<Void> read(HttpServerRequest request) {
    if (request.isEnded()) {
      return Future.succeededFuture();
    }
    String type = request.getHeader("Content-Type");
    request.setExpectMultipart(type != null && type.startsWith(MEDIA_TYPE));
    Future<Void> end = request.end();
    request.resume();
    return end;
  }
}
