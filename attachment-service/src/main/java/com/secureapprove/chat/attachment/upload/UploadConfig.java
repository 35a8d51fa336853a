package com.secureapprove.chat.attachment.upload;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What may be uploaded.
@ConfigMapping(prefix = "chat.upload")
interface UploadConfig {

  /// The largest file.
  @WithDefault("10M")
  MemorySize maxSize();
}
