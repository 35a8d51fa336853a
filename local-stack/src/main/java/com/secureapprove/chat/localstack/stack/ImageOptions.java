package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The JVM options of the container images: those of the `Dockerfile`, with the memory limit of the
/// component's Kubernetes manifest. Both are read from the checkout, so they have no second copy.
record ImageOptions(Checkout checkout) {

  private static final Pattern ENTRYPOINT =
      Pattern.compile("ENTRYPOINT \\[\"java\",([^]]*)\"-jar\",\\s*\"quarkus-run.jar\"]");
  private static final Pattern OPTION = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern LIMIT =
      Pattern.compile("limits:(?:\\s+[a-z-]+: \\S+)*?\\s+memory: \"?(\\d+)Mi");
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

  /// The options for a component. A JVM in a container of this size chooses the serial collector,
  /// so this selects it if the image does not name another.
  List<String> of(Component component) {
    List<String> options = new ArrayList<>();
    options.add("-XX:MaxRAM=%dm".formatted(limitInMebibytes(component)));
    Matcher entrypoint = find(ENTRYPOINT, "Dockerfile");
    OPTION.matcher(entrypoint.group(1)).results().map(each -> each.group(1)).forEach(options::add);
    if (options.stream().noneMatch(COLLECTOR.asMatchPredicate())) {
      options.add("-XX:+UseSerialGC");
    }
    return options;
  }

  private long limitInMebibytes(Component component) {
    return Long.parseLong(find(LIMIT, component.manifest()).group(1));
  }

  private Matcher find(Pattern pattern, String name) {
    Path file = checkout.root().resolve(name);
    try {
      String text =
          Files.readAllLines(file).stream()
              .filter(line -> !line.strip().startsWith("#"))
              .collect(Collectors.joining("\n"));
      Matcher matcher = pattern.matcher(text);
      if (!matcher.find()) {
        throw new IllegalStateException(
            "%s does not contain the expected %s".formatted(file, pattern));
      }
      return matcher;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
