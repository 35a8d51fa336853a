package com.secureapprove.chat.gateway.socket;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/// Disables the compression of single frames, which the settings of the extension leave enabled.
/// Compression needs memory per connection, and a small frame could decompress to a large one.
@Singleton
class SocketOptions implements HttpServerOptionsCustomizer {

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setPerFrameWebSocketCompressionSupported(false);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    options.setPerFrameWebSocketCompressionSupported(false);
  }
}
