package com.secureapprove.chat.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The figures that have a limit or a bar as a table of a Markdown page, between two comments. The
/// others are in the JSON file.
public final class MarkdownTable {
  private static final String BEGIN = "<!-- figures: begin -->";
  private static final String END = "<!-- figures: end -->";

  private MarkdownTable() {}

  /// Replaces what stands between the comments of a page.
  ///
  /// @throws IOException if the page has no such comments
  public static void writeInto(Path page, Figures figures) throws IOException {
    Files.writeString(page, replaced(Files.readString(page), of(figures)));
  }

  static String replaced(String page, String table) throws IOException {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException("the page has no line " + BEGIN + " before " + END);
    }
    return page.substring(0, begin) + BEGIN + "\n\n" + table + "\n" + page.substring(end);
  }

  static String of(Figures figures) {
    Map<String, Conditions> conditions =
        figures.conditions().stream()
            .collect(Collectors.toMap(Conditions::id, each -> each, (_, last) -> last));
    StringBuilder table = new StringBuilder();
    table.append("Machine: ");
    table.append(
        figures.machine().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", ")));
    table.append(
        ".\n\n| | figure | value | limit | ratio | bar | |\n|---|---|---|---|---|---|---|\n");
    String last = "";
    for (Result result : figures.results()) {
      if (result.limit() == null && result.bar() == null) {
        continue;
      }
      Conditions now = conditions.get(result.id());
      if (!result.id().equals(last) && now != null) {
        table.append(
            String.format(
                Locale.ROOT,
                "| **%s** | load %.1f, steal %.1f %% | | | | | |%n",
                result.id(),
                now.load(),
                now.stealPercent()));
      }
      last = result.id();
      table.append(row(result));
    }
    return table.toString();
  }

  private static String row(Result result) {
    return "| %s | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            result.id(),
            result.name(),
            (Numbers.text(result.value()) + " " + result.unit()).strip(),
            result.limit() == null ? "" : Numbers.text(result.limit()),
            result.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", result.ratio()),
            result.bar() == null ? "" : result.bar(),
            result.met() == null ? "" : result.met() ? "met" : "**not met**");
  }
}
