package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` lists every setting of the code, and describes each.
class ConfigurationPageTest {
  private static final Path PAGE = Project.ROOT.resolve("docs/configuration.md");
  private static final String WRITE = "chat.write-docs";
  private static final String COMMAND =
      "./mvnw -Dquick -pl system-tests -am test -Dtest=ConfigurationPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE
          + "=true";

  @Test
  void thePageIsUpToDate() throws Exception {
    String generated = ConfigurationPage.generate(COMMAND);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(PAGE, generated);
    }

    assertThat(Files.exists(PAGE) ? Project.text(PAGE) : "")
        .as("docs/configuration.md is out of date. Run: " + COMMAND)
        .isEqualTo(generated);
  }

  @Test
  void everySettingIsDescribed() throws Exception {
    assertThat(ConfigurationPage.undescribed()).isEmpty();
  }
}
