package com.secureapprove.chat.serviceplatform;

import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/// A stub of presence-service, which answers as the tests set.
public final class StubDirectory {
  private static final String NOBODY = "{\"people\":[]}";

  private static volatile int status = 200;
  private static volatile String body = NOBODY;

  private StubDirectory() {}

  /// Sets the answer to all calls.
  public static void answers(int newStatus, String newBody) {
    status = newStatus;
    body = newBody;
  }

  static void answer(HttpExchange exchange) throws IOException {
    StubServer.answer(exchange, status, body);
  }
}
