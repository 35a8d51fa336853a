package com.secureapprove.chat.systemtests.suite;

import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// A collector: it receives spans by OTLP over HTTP, decodes them with OpenTelemetry's own schema,
/// and keeps them.
public final class SpanReceiver implements AutoCloseable {

  /// A received span.
  ///
  /// @param component whose span it is, such as `message`
  /// @param parent the id of the span that caused it; empty for the first of a trace
  public record ReceivedSpan(
      String component,
      String trace,
      String id,
      String parent,
      String name,
      Map<String, String> attributes) {}

  private final StubServer server;
  private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();
  private volatile boolean absent;

  private SpanReceiver(StubServer server) {
    this.server = server;
  }

  static SpanReceiver start() {
    SpanReceiver receiver = new SpanReceiver(StubServer.start());
    receiver.server.on("/v1/traces", receiver::receive);
    return receiver;
  }

  String address() {
    return server.address();
  }

  /// All spans so far.
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /// The spans of a trace so far.
  public List<ReceivedSpan> of(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  /// Breaks off every call from now on, or accepts them again.
  public void setAbsent(boolean absent) {
    this.absent = absent;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
      if (absent) {
        return;
      }
      ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(this::keep);
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void keep(ResourceSpans received) {
    String component = componentOf(received.getResource());
    HexFormat hex = HexFormat.of();
    for (ScopeSpans scope : received.getScopeSpansList()) {
      scope
          .getSpansList()
          .forEach(span ->
              spans.add(
                  new ReceivedSpan(
                      component,
                      hex.formatHex(span.getTraceId().toByteArray()),
                      hex.formatHex(span.getSpanId().toByteArray()),
                      hex.formatHex(span.getParentSpanId().toByteArray()),
                      span.getName(),
                      attributes(span.getAttributesList()))));
    }
  }

  private static String componentOf(Resource resource) {
    return attributes(resource.getAttributesList()).getOrDefault("service.name", "");
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                each ->
                    each.getValue().hasIntValue()
                        ? Long.toString(each.getValue().getIntValue())
                        : each.getValue().getStringValue(),
                (a, _) -> a,
                TreeMap::new));
  }

  @Override
  public void close() {
    server.stop();
  }
}
