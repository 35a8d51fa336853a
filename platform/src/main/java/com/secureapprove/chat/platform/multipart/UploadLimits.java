package com.secureapprove.chat.platform.multipart;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Limits on uploaded files.
@ConfigMapping(prefix = "chat.upload")
public interface UploadLimits {

  /// The maximum size of an uploaded file. Set the same value at the gateway and at
  /// attachment-service: the gateway reports it to clients in `me/` and rejects larger requests,
  /// attachment-service measures each file.
  @WithDefault("10M")
  MemorySize maxSize();
}
