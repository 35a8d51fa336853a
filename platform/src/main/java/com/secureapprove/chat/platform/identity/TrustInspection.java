package com.secureapprove.chat.platform.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.platform.safety.SettingsInspection;
import com.secureapprove.chat.platform.safety.UnsafeSettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;

/// The key of the local stack may write the directory of every tenant, so no other installation may
/// trust it.
@Singleton
class TrustInspection implements SettingsInspection {
  private static final String LOCAL_STACK = "local-stack";

  private final InternalConfig config;
  private final ObjectMapper json;

  TrustInspection(InternalConfig config, ObjectMapper json) {
    this.config = config;
    this.json = json;
  }

  @Override
  public void inspect(UnsafeSettings settings) {
    if (config.demoKeys()) {
      return;
    }
    try {
      if (json.readTree(Files.readString(config.trustFile())).has(LOCAL_STACK)) {
        settings.refuse(
            "chat.internal.trust-file",
            "contains the key of demonstrations, \"" + LOCAL_STACK + "\": remove it from the file");
      }
    } catch (IOException _) {
      // a process that only migrates has no such file; the verifier reports a file that it cannot
      // read
    }
  }
}
