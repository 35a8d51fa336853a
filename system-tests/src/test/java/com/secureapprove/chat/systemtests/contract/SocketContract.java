package com.secureapprove.chat.systemtests.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/// Validates frames against `asyncapi.yaml`, and records which messages were seen. Thread-safe.
public final class SocketContract {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Document document;
  private final Map<String, JsonNode> server = new TreeMap<>();
  private final Map<String, JsonNode> client = new TreeMap<>();
  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Set<String> faults = new ConcurrentSkipListSet<>();

  private SocketContract(Document document) {
    this.document = document;
    JsonNode operations = document.root().path("operations");
    operations.path("sendToClient").path("messages").forEach(message -> add(server, message));
    operations.path("receiveFromClient").path("messages").forEach(message -> add(client, message));
  }

  /// Reads the document from the checkout.
  public static SocketContract read() {
    return new SocketContract(Document.read("asyncapi.yaml"));
  }

  private void add(Map<String, JsonNode> side, JsonNode reference) {
    JsonNode message = document.resolved(reference);
    side.put(message.path("name").asText(), message.path("payload"));
  }

  /// The payload schemas of the frames that clients send, by type.
  Map<String, JsonNode> clientFrames() {
    return Map.copyOf(client);
  }

  /// Records a frame of the gateway.
  public void heard(JsonNode frame) {
    String fault = fault(frame);
    if (!fault.isEmpty()) {
      faults.add(fault);
    }
  }

  /// Fails if the gateway has sent an undocumented frame.
  public void requireFaultless() {
    if (!faults.isEmpty()) {
      throw new AssertionError("not as in asyncapi.yaml: " + faults);
    }
  }

  private String fault(JsonNode frame) {
    String type = frame.path("type").asText();
    String name = type.startsWith("notification_") ? "notification" : type;
    JsonNode schema = server.get(name);
    if (schema == null) {
      return "asyncapi.yaml knows no frame of type '%s': %s".formatted(type, frame);
    }
    String faults = document.faults(schema, frame);
    if (faults.isEmpty()) {
      seen.add("server " + name);
      return "";
    }
    return "%s: %s".formatted(faults, frame);
  }

  /// Records a frame of a test, which may be invalid.
  public void said(String text) {
    JsonNode frame;
    try {
      frame = MAPPER.readTree(text);
    } catch (JsonProcessingException _) {
      return;
    }
    String type = frame.path("type").asText();
    JsonNode schema = client.get(type);
    if (schema != null && document.faults(schema, frame).isEmpty()) {
      seen.add("client " + type);
    }
  }

  /// Documented messages that were neither received nor sent.
  public Set<String> unseen() {
    Set<String> unseen = new TreeSet<>();
    server.keySet().forEach(name -> unseen.add("server " + name));
    client.keySet().forEach(name -> unseen.add("client " + name));
    unseen.removeAll(seen);
    return unseen;
  }
}
