package com.secureapprove.chat.benchmark.stack;

import com.secureapprove.chat.localstack.stack.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Records all JVMs of a stack by Java Flight Recorder, about 100 samples a second and thread,
/// while work is done, and draws a flame graph for each.
public final class Profiler {
  private static final String NAME = "bench";

  private final BenchStack stack;
  private final Path directory;

  /// @param directory for the recordings and the flame graphs
  public Profiler(BenchStack stack, Path directory) {
    this.stack = stack;
    this.directory = directory.toAbsolutePath();
  }

  /// Starts to record.
  public void start() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    for (Component component : Component.own()) {
      Jcmd.run(stack.process(component.label()), "JFR.start", "name=" + NAME, "settings=profile");
    }
  }

  /// Ends the recordings.
  ///
  /// @param label for the names of the files, such as `B1`
  /// @return the flame graphs
  public List<Path> stop(String label) throws IOException, InterruptedException {
    List<Path> graphs = new ArrayList<>();
    for (Component component : Component.own()) {
      String name = "%s-%s".formatted(label, component.label());
      Path recording = directory.resolve(name + ".jfr");
      Jcmd.run(
          stack.process(component.label()), "JFR.stop", "name=" + NAME, "filename=" + recording);
      Path graph = directory.resolve(name + ".svg");
      Files.writeString(graph, FlameGraph.of(recording).svg(name));
      graphs.add(graph);
    }
    return graphs;
  }
}
