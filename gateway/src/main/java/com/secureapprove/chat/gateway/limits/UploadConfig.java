package com.secureapprove.chat.gateway.limits;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Limits on uploaded files. attachment-service has the same settings.
@ConfigMapping(prefix = "chat.upload")
public interface UploadConfig {

  /// The maximum size of an uploaded file. Set the same value at the gateway and at
  /// attachment-service: the gateway reports it to clients in `me/` and rejects larger requests,
  /// attachment-service measures each file.
  @WithDefault("10M")
  MemorySize maxSize();
}
