package com.secureapprove.chat.gateway.http;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where the script of the web client is.
@ConfigMapping(prefix = "chat.web-client")
interface WebClientConfig {
  /// For development: a `tenant_chat.js` in this directory replaces the packaged one.
  Optional<Path> directory();
}
