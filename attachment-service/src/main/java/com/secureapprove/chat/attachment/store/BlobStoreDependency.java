package com.secureapprove.chat.attachment.store;

import com.secureapprove.chat.platform.readiness.Dependency;
import jakarta.inject.Singleton;
import java.io.IOException;

/// The file store is reachable and writable.
@Singleton
class BlobStoreDependency implements Dependency {
  private final BlobStore store;

  BlobStoreDependency(BlobStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "file store";
  }

  @Override
  public void probe() throws IOException {
    store.probe();
  }
}
