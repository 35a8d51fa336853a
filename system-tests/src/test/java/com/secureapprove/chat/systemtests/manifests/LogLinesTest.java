package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Log lines that operators search for.
class LogLinesTest {
  private static final Pattern STATEMENT = Pattern.compile("LOG\\s*\\.\\w+\\((?:[^;]*?)\\);");

  /// The message of an exception can be null, and can have several lines.
  @Test
  void everyReasonIsOneLineOfText() {
    List<String> reasons =
        Stream.concat(
                Stream.of("platform", "service-platform"),
                Component.withOptional().stream().map(Component::module))
            .flatMap(module -> KnownVariables.sources(module).stream())
            .flatMap(source -> STATEMENT.matcher(source).results())
            .map(statement -> statement.group().replaceAll("\\s+", " "))
            .filter(statement -> statement.contains("reason=%s"))
            .toList();

    assertThat(reasons).hasSizeGreaterThan(15);
    assertThat(reasons).noneMatch(statement -> statement.contains("getMessage()"));
    assertThat(reasons)
        .allMatch(statement ->
            statement.contains("Reason.of(")
                || statement.matches(".*(reason\\)|getSimpleName\\(\\)|detail\\(\\)).*"));
  }
}
