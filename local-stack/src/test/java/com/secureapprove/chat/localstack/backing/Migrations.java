package com.secureapprove.chat.localstack.backing;

import com.secureapprove.chat.localstack.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The migrations of the services, read from their sources.
final class Migrations {
  private static final Path RESOURCES = Path.of("src/main/resources/db");

  private Migrations() {}

  /// The migrations of a service, in the order of their versions.
  static List<Path> of(String service) throws IOException {
    Path root = Checkout.current().root();
    Path outbox = root.resolve("service-platform").resolve(RESOURCES).resolve("outbox");
    Path own = root.resolve(service + "-service").resolve(RESOURCES).resolve(service);
    try (Stream<Path> shared = Files.list(outbox);
        Stream<Path> specific = Files.list(own)) {
      return Stream.concat(shared, specific)
          .filter(file -> file.getFileName().toString().matches("V\\d+(_\\d+)?__.*\\.sql"))
          .sorted(Comparator.comparing(Migrations::version))
          .toList();
    }
  }

  private static double version(Path migration) {
    String name = migration.getFileName().toString();
    return Double.parseDouble(name.substring(1, name.indexOf("__")).replace('_', '.'));
  }
}
