package com.secureapprove.chat.attachment.store;

import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;

/// The secret key of the object storage.
@Singleton
class S3Inspection implements SettingsInspection {
  private final S3Config config;

  S3Inspection(S3Config config) {
    this.config = config;
  }

  @Override
  public void inspect(UnsafeSettings settings) {
    config
        .secretAccessKey()
        .ifPresent(key -> settings.secret("chat.attachment.s3.secret-access-key", key));
  }
}
