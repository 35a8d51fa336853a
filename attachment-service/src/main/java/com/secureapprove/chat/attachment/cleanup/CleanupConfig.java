package com.secureapprove.chat.attachment.cleanup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When files are removed.
@ConfigMapping(prefix = "chat.cleaning")
interface CleanupConfig {

  /// How long an upload waits for its message.
  @WithDefault("24h")
  Duration patience();
}
