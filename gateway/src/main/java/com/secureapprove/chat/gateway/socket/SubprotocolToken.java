package com.secureapprove.chat.gateway.socket;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An access token in the list of subprotocols, because a browser cannot set headers of a
/// WebSocket. The subprotocol is `encodeURIComponent("quarkus-http-upgrade#Authorization#Bearer " +
/// token)`.
final class SubprotocolToken {
  private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
  private static final String CARRIER = "quarkus-http-upgrade#Authorization#";

  private SubprotocolToken() {}

  /// Moves a token from the subprotocols to the `Authorization` header. The subprotocols may come
  /// in several header lines (RFC 6455, section 11.3.4); one line remains.
  static void unpack(MultiMap headers) {
    List<String> offered = headers.getAll(PROTOCOLS);
    if (offered.isEmpty()) {
      return;
    }
    List<String> others = new ArrayList<>();
    for (String protocol : String.join(",", offered).split(",")) {
      String decoded = decoded(protocol.strip());
      if (decoded.startsWith(CARRIER)) {
        headers.set("Authorization", decoded.substring(CARRIER.length()));
      } else {
        others.add(protocol.strip());
      }
    }
    headers.remove(PROTOCOLS);
    if (!others.isEmpty()) {
      headers.set(PROTOCOLS, String.join(",", others));
    }
  }

  private static String decoded(String protocol) {
    try {
      return URLDecoder.decode(protocol, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return protocol;
    }
  }
}
