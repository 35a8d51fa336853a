package com.secureapprove.chat.attachment.store;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.Map;

/// Opens the store of a running attachment-service, for programs that add files to it.
public final class BlobStores {
  private BlobStores() {}

  /// Opens the store that the environment variables of attachment-service describe, such as
  /// `CHAT_ATTACHMENT_DIRECTORY`.
  ///
  /// @param settings settings that override the environment, such as `chat.attachment.directory`
  /// @throws IllegalStateException unless exactly one of directory and bucket is set
  public static BlobStore fromEnvironment(Map<String, String> settings) throws IOException {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultSources()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withSources(new PropertiesConfigSource(settings, "options", 1_000))
            .withMapping(StoreConfig.class)
            .withMapping(S3Config.class)
            .withValidateUnknown(false)
            .build();
    return new BlobStoreProducer()
        .store(config.getConfigMapping(StoreConfig.class), config.getConfigMapping(S3Config.class));
  }
}
