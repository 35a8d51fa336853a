package com.secureapprove.chat.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;

/// The end of a request: its response is complete, or the client's connection is closed.
///
/// The end handlers of a request alone do not suffice: they are not called if the client
/// disconnects while a streamed response waits for it. HTTP/1.1 connections carry one request at a
/// time.
public final class RequestEnd {
  private static final String KEY = "chat.request-end";

  private RequestEnd() {}

  /// Completes once, on the event loop of the request. It never fails.
  public static Future<Void> of(RoutingContext request) {
    Promise<Void> known = request.get(KEY);
    if (known != null) {
      return known.future();
    }
    Promise<Void> end = Promise.promise();
    request.put(KEY, end);
    request.addEndHandler(_ -> end.tryComplete());
    request.request().connection().closeHandler(_ -> end.tryComplete());
    return end.future();
  }
}
