package com.secureapprove.chat.systemtests.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Validates responses against `openapi.yaml`, and records which responses were received.
///
/// An unknown path must get a 404 problem. An unknown method of a known path must get a 405 problem
/// with `Allow`. Credentials are checked before both. Safe for several threads.
public final class RestContract {
  private static final int TOO_MANY_REQUESTS = 429;

  private static final String PROBLEM = "application/problem+json";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final Document document;
  private final List<Operation> operations;
  private final Set<String> optional;
  private final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();

  private RestContract(Document document, List<Operation> operations, Set<String> optional) {
    this.document = document;
    this.operations = operations;
    this.optional = optional;
  }

  /// Reads the document from the checkout.
  public static RestContract read() {
    Document document = Document.read("openapi.yaml");
    List<Operation> operations = new ArrayList<>();
    Set<String> optional = new TreeSet<>();
    document
        .root()
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  if (METHODS.contains(method.getKey())) {
                    if (path.getValue().has("x-optional")) {
                      optional.add(method.getValue().path("operationId").asText());
                    }
                    operations.add(
                        operation(document, path.getKey(), method.getKey(), method.getValue()));
                  }
                }));
    // start/ is an operation, not a conversation with the id "start"
    operations.sort(Comparator.comparing(operation -> !operation.isLiteral()));
    return new RestContract(document, List.copyOf(operations), Set.copyOf(optional));
  }

  private static Operation operation(
      Document document, String path, String method, JsonNode description) {
    List<JsonNode> parameters = new ArrayList<>();
    description
        .path("parameters")
        .forEach(parameter -> parameters.add(document.resolved(parameter)));
    return new Operation(
        description.path("operationId").asText(),
        method.toUpperCase(Locale.ROOT),
        path,
        parameters,
        resolvedBody(document, description));
  }

  private static JsonNode resolvedBody(Document document, JsonNode description) {
    ObjectNode resolved = description.deepCopy();
    if (resolved.has("requestBody")) {
      resolved.set("requestBody", document.resolved(resolved.path("requestBody")));
    }
    return resolved;
  }

  /// All documented operations of every installation.
  public List<Operation> operations() {
    return operations.stream().filter(each -> !optional.contains(each.id())).toList();
  }

  /// The operation with this id.
  public Operation operation(String id) {
    return operations.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /// The node that a reference points to.
  public JsonNode resolved(JsonNode node) {
    return document.resolved(node);
  }

  /// The schema of an operation's JSON body.
  public JsonNode bodySchema(Operation operation) {
    return document.resolved(
        operation
            .description()
            .path("requestBody")
            .path("content")
            .path(operation.bodyTypes().getFirst())
            .path("schema"));
  }

  /// Whether a body matches the operation's schema.
  public boolean isValidBody(Operation operation, JsonNode body) {
    return document.faults(bodySchema(operation), body).isEmpty();
  }

  /// Whether each documented query parameter is valid and occurs at most once.
  public boolean isValidQuery(Operation operation, String query) {
    Map<String, List<String>> given = new HashMap<>();
    for (String pair : query.split("&")) {
      int split = pair.indexOf('=');
      given
          .computeIfAbsent(pair.substring(0, Math.max(split, 0)), _ -> new ArrayList<>())
          .add(URLDecoder.decode(pair.substring(split + 1), StandardCharsets.UTF_8));
    }
    return operation.parameters().stream()
        .filter(parameter -> parameter.path("in").asText().equals("query"))
        .allMatch(parameter -> {
          List<String> values = given.getOrDefault(parameter.path("name").asText(), List.of());
          JsonNode schema = document.resolved(parameter.path("schema"));
          return values.isEmpty()
              || (values.size() == 1 && document.faults(schema, value(schema, values)).isEmpty());
        });
  }

  private static JsonNode value(JsonNode schema, List<String> values) {
    String text = values.getFirst();
    boolean number = schema.path("type").asText().equals("integer") && text.matches("-?[0-9]+");
    return number ? new BigIntegerNode(new BigInteger(text)) : new TextNode(text);
  }

  /// Validates a response of the gateway against the document.
  ///
  /// @throws AssertionError if the response is not as documented
  public void check(HttpResponse<byte[]> answer) {
    URI uri = answer.request().uri();
    String method = answer.request().method();
    if (!uri.getPath().startsWith("/api/") && !uri.getPath().startsWith("/scim/")) {
      return;
    }
    String path = URI.create(uri.getRawPath().replaceAll("(?i)%2e", ".")).normalize().getRawPath();
    String fault = fault(method.equals("HEAD") ? "GET" : method, path, answer);
    if (!fault.isEmpty()) {
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      throw new AssertionError(
          "%s %s answered %d %s: %s\n%s"
              .formatted(
                  method, uri, answer.statusCode(), answer.headers().map(), fault, head(body)));
    }
  }

  private String fault(String method, String path, HttpResponse<byte[]> answer) {
    List<Operation> here = operations.stream().filter(each -> each.isAt(path)).toList();
    if (!here.isEmpty() && here.getFirst().isLiteral()) {
      here = here.stream().filter(Operation::isLiteral).toList();
    }
    Optional<Operation> operation =
        here.stream().filter(each -> each.method().equals(method)).findFirst();
    if (operation.isPresent()) {
      return faultOf(operation.get(), answer);
    }
    int status = answer.statusCode();
    if (status == 401 || status == 403) {
      return problemFault(answer);
    }
    if (here.isEmpty()) {
      // 400: a path with dot segments is no path of any operation
      return status == 404 || status == 400
          ? problemFault(answer)
          : "openapi.yaml knows no such path";
    }
    if (method.equals("OPTIONS")) {
      return status == 204 ? "" : "OPTIONS is answered by 204";
    }
    if (status != 405) {
      return "openapi.yaml knows no such method here";
    }
    String allow = answer.headers().firstValue("Allow").orElse("");
    Set<String> allowed = new TreeSet<>(List.of(allow.split(", ")));
    return allowed.containsAll(here.stream().map(Operation::method).toList())
        ? problemFault(answer)
        : "Allow names not all methods";
  }

  private String faultOf(Operation operation, HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (!operation.answers(status)) {
      return operation + " has no such status in openapi.yaml";
    }
    JsonNode described =
        document.resolved(operation.description().path("responses").path(Integer.toString(status)));
    String fault = bodyFault(described.path("content"), answer);
    if (fault.isEmpty()) {
      fault = headerFault(described.path("headers"), answer);
    }
    if (fault.isEmpty()) {
      seen.computeIfAbsent(operation.id(), _ -> ConcurrentHashMap.newKeySet()).add(status);
    }
    return fault;
  }

  private String headerFault(JsonNode headers, HttpResponse<byte[]> answer) {
    return headers.properties().stream()
        .filter(header -> document.resolved(header.getValue()).path("required").asBoolean())
        .map(Map.Entry::getKey)
        .filter(name -> answer.headers().firstValue(name).isEmpty())
        .map(name -> "the header %s is missing".formatted(name))
        .collect(Collectors.joining("; "));
  }

  private String problemFault(HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith(PROBLEM)) {
      return "this is no " + PROBLEM;
    }
    return answer.request().method().equals("HEAD")
        ? ""
        : jsonFault(document.root().at("/components/schemas/Problem"), answer.body());
  }

  private String bodyFault(JsonNode content, HttpResponse<byte[]> answer) {
    String type =
        answer.headers().firstValue("Content-Type").orElse("").replaceFirst("\\s*;.*", "");
    if (content.isEmpty()) {
      return answer.body().length == 0 ? "" : "nothing was to be in the body";
    }
    String described = null;
    for (Map.Entry<String, JsonNode> entry : content.properties()) {
      if (type.matches(entry.getKey().replace("+", "\\+").replace("*", ".+"))) {
        described = entry.getKey();
      }
    }
    if (described == null) {
      return "no body of type '%s' is described".formatted(type);
    }
    return type.endsWith("json") && !answer.request().method().equals("HEAD")
        ? jsonFault(content.path(described).path("schema"), answer.body())
        : "";
  }

  private String jsonFault(JsonNode schema, byte[] body) {
    try {
      return schema.path("format").asText().equals("binary")
          ? ""
          : document.faults(schema, MAPPER.readTree(body));
    } catch (JsonProcessingException _) {
      return "the body is not JSON";
    } catch (java.io.IOException problem) {
      throw new java.io.UncheckedIOException(problem);
    }
  }

  /// The documented responses that were not received, as `operation status`. Leaves out operations
  /// of an optional service, and 429, which every operation may give under load; the gateway's
  /// tests of permits and limits receive it.
  public Set<String> unseen() {
    Set<String> unseen = new TreeSet<>();
    for (Operation operation : operations()) {
      Set<Integer> answered = seen.getOrDefault(operation.id(), Set.of());
      operation.statuses().stream()
          .filter(status -> status != TOO_MANY_REQUESTS && !answered.contains(status))
          .forEach(status -> unseen.add(operation + " " + status));
    }
    return unseen;
  }

  private static String head(String text) {
    return text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text;
  }
}
