package com.secureapprove.chat.benchmark.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// The samples of a recording as a flame graph: the width of a method is its share of the samples,
/// and its callers are below it. Static SVG; a tooltip names method and share.
final class FlameGraph {
  private static final int WIDTH = 1200;
  private static final int ROW = 16;
  private static final int HEADER = 24;
  private static final double SMALLEST_WIDTH = 1.5;
  private static final double SMALLEST_LABEL = 40;
  private static final double CHARACTER = 6.2;

  private final Node root = new Node();

  private static final class Node {
    private final Map<String, Node> callees = new TreeMap<>();
    private long samples;

    void add(Iterator<String> stack) {
      samples++;
      if (stack.hasNext()) {
        callees.computeIfAbsent(stack.next(), _ -> new Node()).add(stack);
      }
    }

    int depth() {
      return 1 + callees.values().stream().mapToInt(Node::depth).max().orElse(0);
    }
  }

  /// Reads the samples of running Java code.
  static FlameGraph of(Path recording) throws IOException {
    FlameGraph graph = new FlameGraph();
    try (RecordingFile events = new RecordingFile(recording)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        if (event.getEventType().getName().equals("jdk.ExecutionSample")
            && event.getStackTrace() != null) {
          graph.add(
              event.getStackTrace().getFrames().reversed().stream()
                  .map(FlameGraph::name)
                  .iterator());
        }
      }
    }
    return graph;
  }

  void add(Iterator<String> stack) {
    root.add(stack);
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  String svg(String title) {
    int height = HEADER + ROW * root.depth();
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='monospace' font-size='10'>"
            .formatted(WIDTH, height));
    svg.append(
        "<text x='4' y='15' font-size='13'>%s, %,d samples</text>\n"
            .formatted(escaped(title), root.samples));
    draw(svg, root, "all", 0, height - ROW);
    return svg.append("</svg>\n").toString();
  }

  private void draw(StringBuilder svg, Node node, String name, double x, int y) {
    double width = width(node);
    if (width < SMALLEST_WIDTH) {
      return;
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<g><title>%s, %.1f %%</title><rect x='%.1f' y='%d' width='%.1f' height='%d' fill='%s'"
                + " stroke='#fff' stroke-width='.5'/>",
            escaped(name),
            100.0 * node.samples / root.samples,
            x,
            y,
            width,
            ROW - 1,
            color(name)));
    if (width >= SMALLEST_LABEL) {
      String label = label(name);
      int fitting = (int) (width / CHARACTER);
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%d'>%s</text>",
              x + 2,
              y + ROW - 5,
              escaped(label.substring(0, Math.min(fitting, label.length())))));
    }
    svg.append("</g>\n");
    double at = x;
    for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
      draw(svg, callee.getValue(), callee.getKey(), at, y - ROW);
      at += width(callee.getValue());
    }
  }

  private double width(Node node) {
    return root.samples == 0 ? 0 : (double) WIDTH * node.samples / root.samples;
  }

  /// Class and method, without the package.
  private static String label(String name) {
    int method = name.lastIndexOf('.');
    return name.substring(name.lastIndexOf('.', method - 1) + 1);
  }

  /// Orange for this project, blue for the network, green for the database, grey for other code.
  private static String color(String name) {
    if (name.startsWith("com.secureapprove.")) {
      return "#ffb870";
    }
    if (name.startsWith("io.netty.") || name.startsWith("io.vertx.")) {
      return "#9ecbff";
    }
    if (name.startsWith("org.postgresql.")
        || name.startsWith("org.hibernate.")
        || name.startsWith("io.agroal.")) {
      return "#a5d6a7";
    }
    return "#d0d7de";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;");
  }
}
