package com.secureapprove.chat.systemtests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Injects the [ControlPlane] with the custom resources of the components. The first use starts it;
/// the end of the test run stops it.
public final class RunningCluster implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(RunningCluster.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(ControlPlane.class, _ -> start(), ControlPlane.class);
  }

  private static ControlPlane start() {
    Path cluster = Path.of(System.getProperty("chat.cluster", ".chat/cluster")).toAbsolutePath();
    Path home = cluster.resolve("run");
    try {
      delete(home);
      Files.createDirectories(home);
      ControlPlane plane = ControlPlane.start(cluster.resolve("bin"), home);
      plane
          .shell(home)
          .run("kubectl", "create", "--filename", cluster.resolve("definitions").toString())
          .expectSuccess();
      return plane;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (Exception problem) {
      throw new IllegalStateException(problem);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
