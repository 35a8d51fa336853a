package com.secureapprove.chat.attachment.store;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;

/// Chooses the store that is configured.
class Stores {

  @Produces
  @Singleton
  BytesStore store(StoreConfig config) throws IOException {
    return new DirectoryStore(
        config
            .directory()
            .orElseThrow(() -> new IllegalStateException("chat.attachment.directory is not set")));
  }
}
