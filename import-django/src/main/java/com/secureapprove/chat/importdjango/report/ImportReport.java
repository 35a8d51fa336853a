package com.secureapprove.chat.importdjango.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts and findings of one import, as text and as JSON. Findings are written as they come, so
/// memory does not grow with them. For one thread.
public final class ImportReport implements AutoCloseable {
  private final Map<Counter, Long> counters = new EnumMap<>(Counter.class);
  private final Map<FindingKind, Long> findings = new EnumMap<>(FindingKind.class);
  private final Path text;
  private final Path json;
  private final BufferedWriter textOut;
  private final JsonGenerator jsonOut;
  private final long start = System.nanoTime();

  private ImportReport(Path text, Path json, BufferedWriter textOut, JsonGenerator jsonOut) {
    this.text = text;
    this.json = json;
    this.textOut = textOut;
    this.jsonOut = jsonOut;
  }

  /// Opens `<base>.txt` and `<base>.json`. Until [#finish] they have the ending `.partial`, so the
  /// report of an earlier run stays while this one runs.
  public static ImportReport open(Path base, Map<String, String> about) throws IOException {
    Path text = base.resolveSibling(base.getFileName() + ".txt");
    Path json = base.resolveSibling(base.getFileName() + ".json");
    Files.createDirectories(text.toAbsolutePath().getParent());
    BufferedWriter textOut = Files.newBufferedWriter(partial(text));
    JsonGenerator jsonOut =
        new JsonFactory().createGenerator(partial(json).toFile(), JsonEncoding.UTF8);
    jsonOut.useDefaultPrettyPrinter();
    jsonOut.writeStartObject();
    for (Map.Entry<String, String> entry : about.entrySet()) {
      jsonOut.writeStringField(entry.getKey(), entry.getValue());
      textOut.write("%s: %s%n".formatted(entry.getKey(), entry.getValue()));
    }
    jsonOut.writeArrayFieldStart("findings");
    textOut.newLine();
    return new ImportReport(text, json, textOut, jsonOut);
  }

  /// Adds to a counter.
  public void count(Counter counter, long by) {
    counters.merge(counter, by, Long::sum);
  }

  /// The present value of a counter.
  public long count(Counter counter) {
    return counters.getOrDefault(counter, 0L);
  }

  /// Lists one thing.
  ///
  /// @param details names and values in turn, such as `"message", id`
  public void list(FindingKind finding, Object... details) {
    findings.merge(finding, 1L, Long::sum);
    try {
      jsonOut.writeStartObject();
      jsonOut.writeStringField("kind", finding.key());
      StringBuilder line = new StringBuilder(finding.key());
      for (int i = 0; i < details.length; i += 2) {
        jsonOut.writeStringField((String) details[i], String.valueOf(details[i + 1]));
        line.append(' ').append(details[i]).append('=').append(oneLine(details[i + 1]));
      }
      jsonOut.writeEndObject();
      textOut.write(line.append(System.lineSeparator()).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How many of a kind are listed.
  public long listed(FindingKind finding) {
    return findings.getOrDefault(finding, 0L);
  }

  /// Writes the sums and puts both files in their places.
  ///
  /// @return the sums, for a terminal
  public String finish() throws IOException {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    jsonOut.writeEndArray();
    writeSums("counts", counters);
    writeSums("listed", findings);
    jsonOut.writeNumberField("seconds", took.toMillis() / 1000.0);
    jsonOut.writeEndObject();
    String sums = sums(took);
    textOut.newLine();
    textOut.write(sums);
    close();
    Files.move(partial(text), text, StandardCopyOption.REPLACE_EXISTING);
    Files.move(partial(json), json, StandardCopyOption.REPLACE_EXISTING);
    return sums + "Report: %s and %s%n".formatted(text, json);
  }

  @Override
  public void close() throws IOException {
    textOut.close();
    jsonOut.close();
  }

  private void writeSums(String name, Map<? extends ReportLine, Long> sums) throws IOException {
    jsonOut.writeObjectFieldStart(name);
    for (Map.Entry<? extends ReportLine, Long> sum : sums.entrySet()) {
      jsonOut.writeNumberField(sum.getKey().key(), sum.getValue());
    }
    jsonOut.writeEndObject();
  }

  private String sums(Duration took) {
    Map<String, Long> lines = new LinkedHashMap<>();
    counters.forEach((counter, value) -> lines.put(counter.meaning(), value));
    findings.forEach(
        (finding, value) -> lines.put(finding.meaning() + " (" + finding.key() + ")", value));
    StringBuilder text = new StringBuilder();
    lines.forEach((label, value) -> text.append("%,12d  %s%n".formatted(value, label)));
    return text.append("Took %.1f s.%n".formatted(took.toMillis() / 1000.0)).toString();
  }

  private static String oneLine(Object value) {
    return String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
  }

  private static Path partial(Path file) {
    return file.resolveSibling(file.getFileName() + ".partial");
  }
}
