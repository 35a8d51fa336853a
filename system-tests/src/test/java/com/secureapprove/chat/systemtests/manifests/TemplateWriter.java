package com.secureapprove.chat.systemtests.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes an object and its variants as one Helm template. Where they differ, it writes conditions.
///
/// Members of objects are compared by key, items of lists by name, mount path or position. A text
/// that starts with [#TEMPLATE] is written as it is; other texts are escaped.
final class TemplateWriter {

  /// As a key, or at the start of an item: the text is a whole line. `%d` is its indentation.
  static final String LINE = "{{line}}";

  /// Starts a text that is a template.
  static final String TEMPLATE = "{{template}}";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9./_-]*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off");

  private final StringBuilder text = new StringBuilder();

  /// The indentation and condition that were closed last, and the length of the text then.
  private String closed = "";

  private int closedAt;

  /// @param variants the object under each condition, which is an expression of Helm
  String write(JsonNode base, Map<String, JsonNode> variants) {
    members(0, base, variants);
    return text.toString();
  }

  private void members(int indent, JsonNode base, Map<String, JsonNode> variants) {
    Set<String> keys = new LinkedHashSet<>();
    base.fieldNames().forEachRemaining(keys::add);
    variants.values().forEach(variant -> variant.fieldNames().forEachRemaining(keys::add));
    for (String key : keys) {
      Map<String, JsonNode> values = new LinkedHashMap<>();
      variants.forEach((condition, variant) -> values.put(condition, variant.path(key)));
      if (key.equals(LINE)) {
        line(indent, base.get(key).asText());
      } else {
        conditional(
            indent, base.path(key), values, (value, same) -> member(indent, key, value, same));
      }
    }
  }

  private interface Body {
    void write(JsonNode value, Map<String, JsonNode> variants);
  }

  /// Writes the body under the conditions under which the value exists.
  private void conditional(int indent, JsonNode base, Map<String, JsonNode> variants, Body body) {
    List<String> without = new ArrayList<>();
    Map<String, JsonNode> with = new LinkedHashMap<>();
    variants.forEach((condition, value) -> {
      if (value.isMissingNode()) {
        without.add(condition);
      } else {
        with.put(condition, value);
      }
    });
    if (!base.isMissingNode()) {
      String excluded = without.isEmpty() ? "" : "not (or %s)".formatted(String.join(" ", without));
      wrapped(
          indent,
          without.size() == 1 ? "not " + without.getFirst() : excluded,
          () -> body.write(base, with));
      return;
    }
    Map<JsonNode, List<String>> distinct = new LinkedHashMap<>();
    with.forEach((condition, value) ->
        distinct.computeIfAbsent(value, _ -> new ArrayList<>()).add(condition));
    distinct.forEach((value, conditions) ->
        wrapped(
            indent,
            conditions.size() == 1 ? conditions.getFirst() : "or " + String.join(" ", conditions),
            () -> body.write(value, Map.of())));
  }

  /// Neighbours with the same condition share it.
  private void wrapped(int indent, String condition, Runnable body) {
    if (condition.isEmpty()) {
      body.run();
      return;
    }
    String end = " ".repeat(indent) + "{{- end }}\n";
    if (closed.equals(indent + condition) && closedAt == text.length()) {
      text.setLength(closedAt - end.length());
    } else {
      line(indent, "{{- if %s }}".formatted(condition));
    }
    body.run();
    text.append(end);
    closed = indent + condition;
    closedAt = text.length();
  }

  private void member(int indent, String key, JsonNode value, Map<String, JsonNode> variants) {
    String start = " ".repeat(indent) + scalar(key) + ":";
    if (value.isObject() && !value.isEmpty()) {
      text.append(start).append('\n');
      members(indent + 2, value, variants);
    } else if (value.isArray() && !value.isEmpty()) {
      text.append(start).append('\n');
      items(indent + 2, value, variants);
    } else {
      text.append(start).append(' ').append(choice(value, variants)).append('\n');
    }
  }

  private void items(int indent, JsonNode base, Map<String, JsonNode> variants) {
    Map<String, JsonNode> items = keyed(base);
    Map<String, Map<String, JsonNode>> others = new LinkedHashMap<>();
    variants.forEach((condition, variant) -> others.put(condition, keyed(variant)));
    Set<String> keys = new LinkedHashSet<>(items.keySet());
    others.values().forEach(variant -> keys.addAll(variant.keySet()));
    JsonNode missing = MissingNode.getInstance();
    for (String key : keys) {
      Map<String, JsonNode> values = new LinkedHashMap<>();
      others.forEach(
          (condition, variant) -> values.put(condition, variant.getOrDefault(key, missing)));
      if (key.startsWith(LINE)) {
        line(indent, key.substring(LINE.length()));
      } else {
        conditional(
            indent,
            items.getOrDefault(key, missing),
            values,
            (value, same) -> item(indent, value, same));
      }
    }
  }

  private void item(int indent, JsonNode value, Map<String, JsonNode> variants) {
    if (value.isObject()) {
      int start = text.length();
      members(indent + 2, value, variants);
      text.setCharAt(start + indent, '-');
    } else {
      text.append(" ".repeat(indent)).append("- ").append(choice(value, variants)).append('\n');
    }
  }

  private static Map<String, JsonNode> keyed(JsonNode list) {
    Map<String, JsonNode> items = new LinkedHashMap<>();
    for (JsonNode item : list) {
      String key =
          item.isTextual() && item.asText().startsWith(LINE)
              ? item.asText()
              : item.path("mountPath").asText(item.path("name").asText("#" + items.size()));
      items.put(key, item);
    }
    return items;
  }

  private static String choice(JsonNode value, Map<String, JsonNode> variants) {
    StringBuilder choice = new StringBuilder();
    variants.forEach((condition, variant) -> {
      if (!variant.equals(value)) {
        choice.append("{{ if %s }}%s{{ else }}".formatted(condition, scalar(variant)));
      }
    });
    int ends = choice.toString().split("\\{\\{ else }}", -1).length - 1;
    return choice.append(scalar(value)).append("{{ end }}".repeat(ends)).toString();
  }

  private static String scalar(JsonNode value) {
    return value.isTextual() ? scalar(value.asText()) : value.toString();
  }

  private static String scalar(String value) {
    if (value.startsWith(TEMPLATE)) {
      return value.substring(TEMPLATE.length());
    }
    if (PLAIN.matcher(value).matches() && !WORDS.contains(value)) {
      return value;
    }
    String quoted = TextNode.valueOf(value).toString();
    return quoted.replace("{{", "{{ `{{` }}");
  }

  private void line(int indent, String template) {
    text.append(" ".repeat(indent)).append(template.replace("%d", Integer.toString(indent)));
    text.append('\n');
  }
}
