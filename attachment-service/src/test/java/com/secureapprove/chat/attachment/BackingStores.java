package com.secureapprove.chat.attachment;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Runs the service under test against real stores, which are empty at the start. [StubServices]
/// replaces the services that it calls.
public final class BackingStores implements QuarkusTestResourceLifecycleManager {
  static final String PART = "attachment";
  public static final String DATABASE = "attachment_service_test";

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = BackingServices.shared().freshFor(PART, DATABASE);
    String address = StubServices.start();
    settings.put("chat.conversation.url", address);
    settings.put("chat.message.url", address);
    settings.put("chat.attachment.directory", directory().toString());
    settings.put("quarkus.scheduler.enabled", "false"); // tests call the jobs
    return settings;
  }

  @Override
  public void stop() {
    StubServices.stop();
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "attachments-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
