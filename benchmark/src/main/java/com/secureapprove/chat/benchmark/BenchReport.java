package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.benchmark.report.ChartPage;
import com.secureapprove.chat.benchmark.report.Figures;
import com.secureapprove.chat.benchmark.report.MarkdownTable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./chat bench report`: pages and tables from the JSON files of earlier runs. Measures nothing.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Makes pages from the JSON files of runs. Of a workload, the last file counts.")
final class BenchReport implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "JSON files of runs.")
  private List<Path> files = List.of();

  @Option(names = "--page", description = "Writes a chart page to this file.")
  private @Nullable Path page;

  @Option(names = "--compare", description = "The JSON file of an earlier release.")
  private @Nullable Path compare;

  @Option(names = "--json", description = "Writes the joined figures to this file.")
  private @Nullable Path json;

  @Option(
      names = "--markdown",
      description = "Replaces the table between the comments of this Markdown page.")
  private @Nullable Path markdown;

  @Override
  public Integer call() throws Exception {
    Figures figures = Figures.read(files.getFirst());
    for (Path file : files.subList(1, files.size())) {
      figures = figures.with(Figures.read(file));
    }
    if (page != null) {
      ChartPage.write(page, figures, compare == null ? null : Figures.read(compare));
    }
    if (json != null) {
      figures.write(json);
    }
    if (markdown != null) {
      MarkdownTable.writeInto(markdown, figures);
    }
    return 0;
  }
}
