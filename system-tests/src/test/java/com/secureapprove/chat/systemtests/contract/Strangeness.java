package com.secureapprove.chat.systemtests.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Generates values from a seed: valid for a schema, nearly valid, and arbitrary.
final class Strangeness {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\ud800",
          "a\udc00b",
          "\ufeff",
          "\u202etxt.exe",
          "\u0301".repeat(300),
          "\ud83d\ude00".repeat(200),
          "null",
          "-1",
          "01900000-0000-7000-8000-000000000000",
          "01900000-0000-7000-8000-00000000000",
          "../../../etc/passwd",
          "'; drop table message; --",
          "${jndi:ldap://127.0.0.1/a}",
          "<script>alert(1)</script>",
          "%00",
          "\r\nX-Injected: 1",
          "x".repeat(129),
          "x".repeat(6_000),
          "x".repeat(70_000));
  static final List<String> IDS =
      List.of(
          "01900000-0000-7000-8000-000000000000",
          "01900000-0000-7000-8000-00000000000G",
          "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
          "1-1-1-1-1",
          "-",
          "%2e%2e",
          "%20",
          "%00",
          "%ff",
          "%E2%98%83",
          "a%2Fb",
          "a;b=c",
          "null",
          "x".repeat(700));
  static final List<String> QUERY_VALUES =
      List.of(
          "",
          "-1",
          "0",
          "1",
          "200",
          "201",
          "2147483648",
          "-9223372036854775809",
          "1e3",
          "0x10",
          "1.5",
          "true",
          "%00",
          "%ff",
          "%F0%9F%98%80",
          "nonsense",
          "01900000-0000-7000-8000-000000000000",
          "MDE5MDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw",
          "a%26b%3Dc",
          "%27%20or%201%3D1",
          "x".repeat(500));
  static final List<String> TYPES =
      List.of(
          "",
          "text/plain",
          "application/xml",
          "application/json; charset=utf-16",
          "application/json;",
          "APPLICATION/JSON",
          "application/*",
          "*/*",
          "application/vnd.api+json",
          "garbage",
          "multipart/form-data",
          "multipart/form-data; boundary=",
          "multipart/form-data; boundary=sample",
          "multipart/mixed; boundary=sample",
          "application/x-www-form-urlencoded");

  private final Random random;

  Strangeness(long seed) {
    random = new Random(seed);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  /// A value that has the structure of a schema.
  JsonNode of(RestContract contract, JsonNode schema) {
    JsonNode resolved = contract.resolved(schema);
    JsonNode types = resolved.path("type");
    String type =
        types.isArray() ? types.path(random.nextInt(types.size())).asText() : types.asText();
    if (resolved.has("enum")) {
      return resolved.path("enum").path(random.nextInt(resolved.path("enum").size()));
    }
    if (resolved.has("const")) {
      return resolved.path("const");
    }
    return switch (type) {
      case "object" -> object(contract, resolved);
      case "array" -> {
        ArrayNode array = NODES.arrayNode();
        int most = resolved.path("maxItems").asInt(4);
        int size = Math.min(most, Math.max(resolved.path("minItems").asInt(0), random.nextInt(4)));
        for (int i = 0; i < size; i++) {
          array.add(of(contract, resolved.path("items")));
        }
        yield array;
      }
      case "integer" -> NODES.numberNode(random.nextInt(1_000));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "null" -> NODES.nullNode();
      default -> NODES.textNode(text(resolved));
    };
  }

  private ObjectNode object(RestContract contract, JsonNode schema) {
    ObjectNode object = NODES.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          boolean required = false;
          for (JsonNode name : schema.path("required")) {
            required |= name.asText().equals(property.getKey());
          }
          if (required || random.nextBoolean()) {
            object.set(property.getKey(), of(contract, property.getValue()));
          }
        });
    return object;
  }

  private String text(JsonNode schema) {
    if (schema.path("format").asText().equals("uuid")) {
      return "01900000-0000-7000-8000-%012x".formatted(random.nextInt());
    }
    if (schema.path("pattern").asText().startsWith("^notification_")) {
      return "notification_n" + random.nextInt(100);
    }
    int most = Math.min(schema.path("maxLength").asInt(40), 40);
    int length = Math.max(schema.path("minLength").asInt(0), random.nextInt(most + 1));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(
          (char) (schema.has("pattern") ? ' ' + random.nextInt(95) : 1 + random.nextInt(0xd7ff)));
    }
    return text.toString();
  }

  /// A nearly valid value: one value is changed, missing or added.
  JsonNode mutated(JsonNode value) {
    JsonNode copy = value.deepCopy();
    List<ObjectNode> objects = new ArrayList<>();
    List<ArrayNode> arrays = new ArrayList<>();
    collect(copy, objects, arrays);
    if (objects.isEmpty() || once(8)) {
      return any();
    }
    if (!arrays.isEmpty() && once(3)) {
      ArrayNode array = one(arrays);
      switch (random.nextInt(4)) {
        case 0 -> array.removeAll();
        case 1 -> array.add(any());
        case 2 -> array.insert(0, NODES.nullNode());
        default -> {
          for (int i = 0; i < 5_100; i++) {
            array.add("p" + i);
          }
        }
      }
      return copy;
    }
    ObjectNode object = one(objects);
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty() || once(5)) {
      object.set("unheard_of", any());
      return copy;
    }
    String name = one(names);
    if (once(4)) {
      object.remove(name);
    } else {
      object.set(name, any());
    }
    return copy;
  }

  private static void collect(JsonNode node, List<ObjectNode> objects, List<ArrayNode> arrays) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    } else if (node instanceof ArrayNode array) {
      arrays.add(array);
    }
    node.forEach(child -> collect(child, objects, arrays));
  }

  JsonNode any() {
    return switch (random.nextInt(10)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode(new BigInteger("9".repeat(1 + random.nextInt(400))));
      case 4 -> NODES.numberNode(random.nextGaussian());
      case 5 -> NODES.arrayNode().add(one(TEXTS));
      case 6 -> NODES.objectNode().put(one(TEXTS), one(TEXTS));
      default -> NODES.textNode(one(TEXTS));
    };
  }

  /// The text of a body. Sometimes it is not JSON.
  byte[] written(JsonNode body) {
    String text = body.toString();
    return switch (random.nextInt(24)) {
      case 0 -> new byte[0];
      case 1 -> text.substring(0, text.length() / 2).getBytes(StandardCharsets.UTF_8);
      case 2 -> ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
      case 3 -> "[".repeat(2_000).getBytes(StandardCharsets.UTF_8);
      case 4 -> text.getBytes(StandardCharsets.UTF_16);
      case 5 -> new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
      case 6 -> (text + text).getBytes(StandardCharsets.UTF_8);
      case 7 -> text.replace("{\"", "{\"__proto__\":{},\"").getBytes(StandardCharsets.UTF_8);
      default -> escaped(text);
    };
  }

  /// Escapes characters that UTF-8 cannot encode, so that they reach the server.
  private static byte[] escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (Character.isSurrogate(c)) {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString().getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode tree(Object body) {
    return MAPPER.valueToTree(body);
  }
}
