package com.secureapprove.chat.benchmark.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All figures of a run, as its JSON file holds them.
///
/// @param machine the machine, the versions and the settings of the run
public record Figures(
    Map<String, String> machine,
    List<Conditions> conditions,
    List<Result> results,
    List<Series> series) {

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  public Figures {
    machine = new LinkedHashMap<>(machine);
    conditions = List.copyOf(conditions);
    results = List.copyOf(results);
    series = List.copyOf(series);
  }

  /// Reads a file that [#write] has written.
  public static Figures read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Figures.class);
  }

  /// Writes the figures as JSON.
  public void write(Path file) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
  }

  /// These figures, and those of another run in place of the workloads that it measured, in the
  /// order of the workloads.
  public Figures with(Figures later) {
    List<String> measured = later.results.stream().map(Result::id).distinct().toList();
    return new Figures(
        later.machine,
        joined(
            conditions.stream().filter(each -> !measured.contains(each.id())).toList(),
            later.conditions),
        joined(
                results.stream().filter(each -> !measured.contains(each.id())).toList(),
                later.results)
            .stream()
            .sorted(Comparator.comparingInt(result -> number(result.id())))
            .toList(),
        joined(
            series.stream().filter(each -> !measured.contains(each.id())).toList(), later.series));
  }

  /// 1 for `B1` and `B1t`.
  private static int number(String id) {
    return Integer.parseInt(id.replaceAll("\\D", ""));
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
