package com.secureapprove.chat.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  private final Figures figures =
      new Figures(
          Map.of("cores", "2"),
          List.of(new Conditions("B1", 1.5, 0.2, 60)),
          List.of(Result.atLeast("B1", "delivered", 2_000, "/s", 4_000, 0.4)),
          List.of(
              new Series(
                  "B10",
                  "p99 <a>",
                  "ms",
                  "minute",
                  List.of(new Series.Point(1, 5), new Series.Point(2, 6)))));

  @Test
  void theFileHasTheFieldsOfEachResult(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("figures.json");

    figures.write(file);

    JsonNode result = new ObjectMapper().readTree(Files.readString(file)).at("/results/0");
    assertThat(result.fieldNames())
        .toIterable()
        .containsExactly("id", "name", "value", "unit", "limit", "ratio", "bar", "met");
    assertThat(Figures.read(file)).isEqualTo(figures);
  }

  @Test
  void thePageDrawsEachSeriesAndLoadsNothing() {
    String page = ChartPage.html(figures, figures);

    assertThat(page).contains("<polyline", "p99 &lt;a&gt;", "0.50 ×").doesNotContain("http");
  }

  @Test
  void aBarIsReadBackFromItsText() {
    assertThat(ChartPage.wantedRatio("≥ 0.85 ×")).isEqualTo(0.85);
    assertThat(ChartPage.wantedRatio("≤ 25 ms")).isZero();
  }

  @Test
  void aWideRangeHasALogarithmicAxis() {
    assertThat(LineChart.position(100, 10, 1_000)).isEqualTo(0.5);
    assertThat(LineChart.position(2, 1, 3)).isEqualTo(0.5);
  }

  @Test
  void theTableOfAPageIsReplaced() throws IOException {
    String page = "before\n<!-- figures: begin -->\nold\n<!-- figures: end -->\nafter\n";

    String replaced = MarkdownTable.replaced(page, MarkdownTable.of(figures));

    assertThat(replaced)
        .contains("before", "| B1 | delivered | 2,000 /s | 4,000 | 0.50 |", "after")
        .doesNotContain("old");
    assertThatThrownBy(() -> MarkdownTable.replaced("no comments", ""))
        .isInstanceOf(IOException.class);
  }

  @Test
  void stealIsTheShareOfAllTicks() {
    Machine.Ticks before = Machine.Ticks.parse("cpu  100 0 50 800 0 0 0 50 0 0");
    Machine.Ticks after = Machine.Ticks.parse("cpu  150 0 50 840 0 0 0 60 0 0");

    assertThat(after.stealPercentSince(before)).isEqualTo(10);
    assertThat(after.stealPercentSince(after)).isZero();
  }
}
