package com.secureapprove.chat.attachment.store;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where the bytes lie: exactly one of this and the bucket of [S3Config] is set.
@ConfigMapping(prefix = "chat.attachment")
interface StoreConfig {

  /// A directory that all replicas share.
  Optional<Path> directory();
}
