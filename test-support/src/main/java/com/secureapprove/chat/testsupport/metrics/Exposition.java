package com.secureapprove.chat.testsupport.metrics;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The response of `/q/metrics`, reduced to our own meters, whose names begin with `chat_`.
///
/// @param text the lines of our meters
public record Exposition(String text) {
  private static final String OWN = "(# (HELP|TYPE) )?chat_.*";

  /// Keeps the lines of our meters.
  public Exposition {
    text = text.lines().filter(line -> line.matches(OWN)).collect(Collectors.joining("\n")) + "\n";
  }

  /// The type of each meter (`counter`, `gauge`, `histogram`, `summary`), by its name.
  public Map<String, String> types() {
    return comments("TYPE");
  }

  /// The help of each meter, by its name.
  public Map<String, String> help() {
    return comments("HELP");
  }

  /// The sum of all samples of a name whose labels contain the text.
  public double sum(String name, String labels) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(labels))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// What `promtool check metrics` objects to; empty if promtool is not installed.
  public Optional<String> objections() {
    if (!isInstalled("promtool")) {
      System.err.println("SKIPPED: a check of the metrics, because promtool is not installed");
      return Optional.empty();
    }
    try {
      Process promtool =
          new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
      promtool.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      promtool.getOutputStream().close();
      return Optional.of(
          new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The JVM reports a missing program in several ways, so it is looked for.
  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private Map<String, String> comments(String kind) {
    String prefix = "# " + kind + " ";
    return text.lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).split(" ", 2))
        .collect(
            Collectors.toMap(
                comment -> comment[0],
                comment -> comment.length > 1 ? comment[1].strip() : "",
                (first, _) -> first,
                TreeMap::new));
  }
}
