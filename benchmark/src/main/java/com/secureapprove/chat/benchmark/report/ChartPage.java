package com.secureapprove.chat.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One HTML file with all figures: a bar for each ratio, a line for each series, and the comparison
/// with an earlier run. It loads nothing.
public final class ChartPage {
  private static final int BAR_WIDTH = 260;
  private static final String STYLE =
      """
      body{font:14px system-ui,sans-serif;margin:2em auto;max-width:76em;padding:0 1em;color:#1b1f24;background:#fff}
      table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .7em;text-align:left;border-bottom:1px solid #d8dee4}
      td.n{text-align:right;font-variant-numeric:tabular-nums}.met,.better{color:#116329}.not,.worse{color:#a40e26}
      .same{color:#59636e}svg text{font:11px system-ui,sans-serif;fill:#59636e}svg text.t{font-weight:600;fill:#1b1f24}
      svg{margin:.4em}.axis{fill:none;stroke:#8c959f}polyline{fill:none;stroke:#0969da;stroke-width:1.5}circle{fill:#0969da}
      .bar{fill:#54aeff}.bar.not{fill:#ff8182}.bar.met{fill:#4ac26b}.mark{stroke:#1b1f24;stroke-width:2}
      """;

  private ChartPage() {}

  /// Writes the page.
  ///
  /// @param before an earlier run; null without one
  public static void write(Path file, Figures figures, @Nullable Figures before)
      throws IOException {
    Files.writeString(file, html(figures, before));
  }

  static String html(Figures figures, @Nullable Figures before) {
    StringBuilder page = new StringBuilder();
    page.append(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Benchmark</title>");
    page.append("<style>").append(STYLE).append("</style><h1>Benchmark</h1>");
    page.append(
        "<p>Ratios compare two things that were measured in one run. Values of two machines cannot"
            + " be compared.</p>");
    page.append(machine(figures));
    if (before != null) {
      page.append("<h2>Beside the earlier run</h2>").append(comparison(before, figures));
    }
    page.append("<h2>Figures</h2>").append(table(figures));
    page.append("<h2>By minute and size</h2>");
    figures.series().forEach(series -> page.append(LineChart.svg(series)));
    return page.append("</html>\n").toString();
  }

  private static String machine(Figures figures) {
    String rows =
        figures.machine().entrySet().stream()
            .map(each -> "<tr><th>%s<td>%s".formatted(text(each.getKey()), text(each.getValue())))
            .collect(Collectors.joining());
    String conditions =
        figures.conditions().stream()
            .map(each ->
                String.format(
                    Locale.ROOT,
                    "<tr><th>%s<td class=n>%.1f<td class=n>%.1f %%<td class=n>%.0f s",
                    text(each.id()),
                    each.load(),
                    each.stealPercent(),
                    each.seconds()))
            .collect(Collectors.joining());
    return "<table>%s</table><table><tr><th>workload<th>load<th>steal<th>took%s</table>"
        .formatted(rows, conditions);
  }

  private static String table(Figures figures) {
    StringBuilder table =
        new StringBuilder("<table><tr><th><th>figure<th>value<th>limit<th>ratio and bar<th>");
    for (Result result : figures.results()) {
      table.append(
          "<tr><th>%s<td>%s<td class=n>%s %s<td class=n>%s<td>%s<td class=%s>%s"
              .formatted(
                  text(result.id()),
                  text(result.name()),
                  Numbers.text(result.value()),
                  text(result.unit()),
                  result.limit() == null ? "" : Numbers.text(result.limit()),
                  bar(result),
                  css(result),
                  result.verdict()));
    }
    return table.append("</table>").toString();
  }

  /// A bar for the ratio, with a mark at the wanted one. Without a ratio, the wanted value as text.
  private static String bar(Result result) {
    Double ratio = result.ratio();
    String wanted = result.bar() == null ? "" : result.bar();
    if (ratio == null) {
      return text(wanted);
    }
    double mark = wantedRatio(wanted);
    double scale = Math.max(1, Math.max(ratio, mark) * 1.1);
    String line =
        mark > 0
            ? String.format(
                Locale.ROOT, "<path class=mark d='M%.1f 0V18'/>", BAR_WIDTH * mark / scale)
            : "";
    return String.format(
        Locale.ROOT,
        "<svg width='%d' height='18' role='img' aria-label='ratio %.2f'><rect class='bar %s' y='3'"
            + " height='12' width='%.1f'/>%s</svg> %.2f × (%s)",
        BAR_WIDTH,
        ratio,
        css(result),
        BAR_WIDTH * Math.max(0, ratio) / scale,
        line,
        ratio,
        text(wanted));
  }

  /// The number of a bar such as `≥ 0.85 ×`; 0 if it is no ratio.
  static double wantedRatio(String bar) {
    return bar.endsWith(" ×") ? Double.parseDouble(bar.substring(2, bar.length() - 2)) : 0;
  }

  private static String comparison(Figures before, Figures now) {
    StringBuilder table =
        new StringBuilder(
            "<p>A difference of up to 5 % counts as none.</p><table><tr><th><th>figure<th>before"
                + "<th>now<th>difference<th>");
    for (Comparison.Row row : Comparison.of(before, now).rows()) {
      String change = row.change().name().toLowerCase(Locale.ROOT);
      table.append(
          String.format(
              Locale.ROOT,
              "<tr><th>%s<td>%s<td class=n>%s<td class=n>%s %s<td class='n %s'>%+.1f %%<td"
                  + " class=%s>%s",
              text(row.now().id()),
              text(row.now().name()),
              Numbers.text(row.before().value()),
              Numbers.text(row.now().value()),
              text(row.now().unit()),
              change,
              100 * row.difference(),
              change,
              change));
    }
    return table.append("</table>").toString();
  }

  private static String css(Result result) {
    return result.met() == null ? "none" : result.met() ? "met" : "not";
  }

  private static String text(String text) {
    return Html.text(text);
  }
}
