package com.secureapprove.chat.gateway.browsersession;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The lifetime of browser sessions.
@ConfigMapping(prefix = "chat.sessions")
interface SessionsConfig {
  /// How long a WebSocket stays open after the last REST call of its session.
  @WithDefault("8h")
  Duration lasts();

  /// The name of the cookie with the CSRF token, which scripts of the gateway's pages can read. It
  /// must differ from the host application's, if both live on one origin.
  @WithDefault("chat_csrftoken")
  String csrfCookie();
}
