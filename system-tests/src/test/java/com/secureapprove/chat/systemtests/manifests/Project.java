package com.secureapprove.chat.systemtests.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of the project.
final class Project {
  static final Path ROOT = Path.of(System.getProperty("chat.project.root"));

  private Project() {}

  /// One of the deployed components.
  enum Component {
    GATEWAY,
    CONVERSATION,
    MESSAGE,
    PRESENCE,
    ATTACHMENT,
    /// Optional.
    NOTIFICATION;

    /// The five that every installation has.
    static List<Component> all() {
      return Arrays.stream(values()).filter(component -> component != NOTIFICATION).toList();
    }

    /// All, with the optional one.
    static List<Component> withOptional() {
      return Arrays.asList(values());
    }

    /// Its name in tokens and variables.
    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The name of its module, image, deployment and service.
    String module() {
      return this == GATEWAY ? label() : label() + "-service";
    }

    boolean keepsData() {
      return this != GATEWAY;
    }

    int port() {
      return Integer.parseInt(setting("quarkus.http.port"));
    }

    int managementPort() {
      return Integer.parseInt(setting("quarkus.management.port"));
    }

    /// Its configuration file, without profiles.
    String setting(String name) {
      String value = settings().getProperty(name);
      if (value == null) {
        throw new AssertionError(module() + " does not set " + name);
      }
      return value;
    }

    Properties settings() {
      return properties(
          ROOT.resolve(module()).resolve("src/main/resources/application.properties"));
    }
  }

  static Properties properties(Path file) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The version of all modules.
  static String version() {
    Matcher version =
        Pattern.compile("<artifactId>chat</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(text(ROOT.resolve("pom.xml")));
    if (!version.find()) {
      throw new AssertionError("pom.xml has no version");
    }
    return version.group(1);
  }
}
