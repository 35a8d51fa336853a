package com.secureapprove.chat.systemtests.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.secureapprove.chat.localstack.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A contract document with its schemas. An object with named properties allows no others: an
/// undocumented field is as wrong as a missing one.
final class Document {

  private static final Path RESOURCES = Path.of("gateway/src/main/resources/META-INF/resources");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final String name;
  private final JsonNode root;
  private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

  private Document(String name, JsonNode root) {
    this.name = name;
    this.root = root;
  }

  static Document read(String name) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    JsonNode root =
        MAPPER.valueToTree(new Yaml(new SafeConstructor(options)).<Object>load(text(name)));
    close(root);
    return new Document(name, root);
  }

  static String text(String name) {
    try {
      return Files.readString(Checkout.current().root().resolve(RESOURCES).resolve(name));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Document::close);
  }

  /// The root, with unresolved references.
  JsonNode root() {
    return root;
  }

  /// The node, or the node that it references.
  JsonNode resolved(JsonNode node) {
    JsonNode at = node;
    while (at.has("$ref")) {
      String reference = at.path("$ref").asText();
      at = root.at(reference.substring(1));
      if (at.isMissingNode()) {
        throw new AssertionError("%s refers to %s, which is not there".formatted(name, reference));
      }
    }
    return at;
  }

  /// The schema violations of a value; empty if it is valid.
  String faults(JsonNode schema, JsonNode value) {
    Set<ValidationMessage> faults = schemas.computeIfAbsent(schema, this::schema).validate(value);
    return faults.stream().map(ValidationMessage::getMessage).collect(Collectors.joining("; "));
  }

  private JsonSchema schema(JsonNode schema) {
    ObjectNode whole = MAPPER.createObjectNode();
    whole.set("components", root.path("components"));
    whole.putArray("allOf").add(schema);
    return SCHEMAS.getSchema(whole, STRICT);
  }
}
