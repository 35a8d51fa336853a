package com.secureapprove.chat.attachment.store;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/// Where bytes are stored. Exactly one of `directory` and the bucket of [S3Config] must be set.
@ConfigMapping(prefix = "chat.attachment")
interface StoreConfig {

  /// A directory that all replicas share.
  Optional<Path> directory();
}
