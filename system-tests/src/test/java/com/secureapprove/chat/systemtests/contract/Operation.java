package com.secureapprove.chat.systemtests.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One method of one path of `openapi.yaml`.
///
/// @param path the path in the document, with parameters in braces
/// @param parameters the path, query and header parameters, with references resolved
/// @param description the whole operation
public record Operation(
    String id, String method, String path, List<JsonNode> parameters, JsonNode description) {

  /// The documented statuses.
  public List<Integer> statuses() {
    TreeSet<Integer> statuses = new TreeSet<>();
    description
        .path("responses")
        .fieldNames()
        .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
    return List.copyOf(statuses);
  }

  /// Whether this status is documented.
  public boolean answers(int status) {
    return description.path("responses").has(Integer.toString(status));
  }

  /// The media types of the request body, the usual one first. Empty if there is no body.
  public List<String> bodyTypes() {
    List<String> types = new ArrayList<>();
    description.path("requestBody").path("content").fieldNames().forEachRemaining(types::add);
    return types;
  }

  /// Whether its path contains an id.
  public boolean hasId() {
    return path.contains("{id}");
  }

  /// Whether it has a query parameter with this name.
  public boolean hasQuery(String name) {
    return parameters.stream()
        .anyMatch(parameter ->
            parameter.path("in").asText().equals("query")
                && parameter.path("name").asText().equals(name));
  }

  boolean isAt(String asked) {
    return pattern().matcher(asked).matches();
  }

  boolean isLiteral() {
    return path.indexOf('{') < 0;
  }

  private Pattern pattern() {
    String slashless = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return Pattern.compile(slashless.replaceAll("\\{[a-z_]+}", "[^/]+") + "/?");
  }

  @Override
  public String toString() {
    return id;
  }
}
