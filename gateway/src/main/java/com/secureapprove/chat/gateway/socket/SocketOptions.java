package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.frames.FrameReader;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.util.List;

/// Bounds what a WebSocket may bring. Compression stays off: it costs memory for every connection,
/// and small frames can grow large by it.
@Singleton
class SocketOptions implements HttpServerOptionsCustomizer {
  /// The protocol of the chat, and the one by whose name browsers carry a token.
  static final List<String> PROTOCOLS = List.of("chat.v1", "bearer-token-carrier");

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    bound(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    bound(options);
  }

  private static void bound(HttpServerOptions options) {
    options
        .setMaxWebSocketFrameSize(FrameReader.MAX_BYTES)
        .setMaxWebSocketMessageSize(FrameReader.MAX_BYTES)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setWebSocketSubProtocols(PROTOCOLS);
  }
}
