package com.secureapprove.chat.attachment.cleanup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of the deletion of unused files.
@ConfigMapping(prefix = "chat.cleaning")
interface CleanupConfig {

  /// How long an upload may wait for its message.
  @WithDefault("24h")
  Duration patience();
}
