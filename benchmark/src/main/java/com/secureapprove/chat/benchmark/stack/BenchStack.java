package com.secureapprove.chat.benchmark.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.RunMode;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackBuilder;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackPorts;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The stack of a run: durable PostgreSQL, the JVM options of the images, and a separate issuer.
/// The benchmarks raise the rate limits but do not remove them.
public final class BenchStack implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
  private static final int PEOPLE_PER_CALL = 200;
  private static final int MESSAGES_PER_CALL = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestIssuer issuer = TestIssuer.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Stack stack;

  /// Removed by [#close], because a run may start several stacks in one directory.
  private final Thread stopAtInterrupt;

  /// A stack with raised limits.
  ///
  /// @param gateways how many gateways it has
  public BenchStack(int gateways) {
    this(Checkout.current().root().resolve(".chat/bench"), gateways, raisedLimits());
  }

  /// @param home the directory of the stack; what an earlier run left there is deleted
  /// @param gateways how many gateways it has
  /// @param settings further settings of the gateway
  public BenchStack(Path home, int gateways, Map<String, String> settings) {
    StackHome directory = new StackHome(home);
    directory.ledger().stopAll(STOP_TIMEOUT);
    directory.forget();
    Map<String, String> all = new HashMap<>(issuer.gatewaySettings());
    all.putAll(settings);
    stack =
        new StackBuilder(Checkout.current(), directory)
            .ports(StackPorts.free(Map.of(Component.GATEWAY, gateways)))
            .without(Set.of(Component.KEYCLOAK))
            .gatewaySettings(all)
            .postgresSettings(Map.of("shared_preload_libraries", "pg_stat_statements"))
            .runMode(RunMode.IMAGE_JVM)
            .build();
    stopAtInterrupt = new Thread(stack::close, "stop");
    Runtime.getRuntime().addShutdownHook(stopAtInterrupt);
    stack.start();
  }

  /// Rate limits that a benchmark does not reach.
  public static Map<String, String> raisedLimits() {
    Map<String, String> settings = new HashMap<>();
    for (String limit :
        List.of(
            "messages-per-minute",
            "conversations-per-hour",
            "uploads-per-minute",
            "changes-per-minute")) {
      settings.put("chat.limits." + limit, "100000000");
    }
    settings.put("chat.connections.per-tenant", "100000");
    settings.put("chat.connections.frames-per-second", "100000");
    settings.put("chat.limits.frames-per-second", "1000000");
    settings.put("chat.limits.reads-per-second", "1000000");
    settings.put("chat.limits.connections-per-minute", "1000000");
    return settings;
  }

  /// The address of the gateway; of a balancer if there are several.
  public URI gateway() {
    return URI.create("http://127.0.0.1:" + stack.url(Component.GATEWAY).getPort());
  }

  /// The processes, addresses and logs of the stack.
  public Stack stack() {
    return stack;
  }

  /// The running processes by name.
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    for (Component component : stack.components()) {
      List<String> names =
          component.isOwn()
              ? stack.instances(component).stream().map(instance -> instance.name()).toList()
              : List.of(component.label());
      names.forEach(name -> stack.process(name).ifPresent(process -> processes.put(name, process)));
    }
    return processes;
  }

  /// The running process of this name.
  public ProcessHandle process(String name) {
    return stack.process(name).orElseThrow(() -> new IllegalStateException(name + " does not run"));
  }

  /// Restarts the services and the gateway, so that every statement is planned again.
  public void restart() {
    Component.own().forEach(stack::restart);
  }

  /// A connection to the database as the superuser.
  public Connection database() throws SQLException {
    return stack.postgres().connect("chat");
  }

  /// A person's access token, valid for hours.
  public String token(String tenant, String name) {
    return issuer.token(tenant, name, claims -> claims.setExpirationTimeMinutesInTheFuture(240));
  }

  /// Puts `count` people into a tenant's directory and returns their ids, in order. Their names are
  /// `p0`, `p1` and so on.
  public List<String> people(String tenant, int count) throws IOException, InterruptedException {
    List<Map<String, Object>> entries =
        IntStream.range(0, count)
            .mapToObj(i ->
                Map.<String, Object>of(
                    "external_id", "p" + i,
                    "user_name", "p" + i,
                    "name", "Person " + i,
                    "email", "p%d@%s.example".formatted(i, tenant),
                    "active", true))
            .toList();
    List<String> ids = new ArrayList<>();
    for (int from = 0; from < count; from += PEOPLE_PER_CALL) {
      String token = stack.keys().token("local-stack", Component.PRESENCE.label(), tenant, null);
      send(
              "PUT",
              stack.url(Component.PRESENCE).resolve("/internal/people"),
              token,
              Map.of("people", entries.subList(from, Math.min(count, from + PEOPLE_PER_CALL))))
          .path("people")
          .forEach(person -> ids.add(person.path("id").asText()));
    }
    return ids;
  }

  /// Starts a conversation in the name of person `i` and returns its id.
  public String pair(String tenant, int i, String other) throws IOException, InterruptedException {
    return api(tenant, i, "POST", "conversations/start/", Map.of("participant_id", other))
        .path("id")
        .asText();
  }

  /// Starts a group in the name of person `i` and returns its id.
  public String group(String tenant, int i, List<String> others)
      throws IOException, InterruptedException {
    return api(tenant, i, "POST", "conversations/start_group/", Map.of("participant_ids", others))
        .path("id")
        .asText();
  }

  /// Sends a message in the name of person `i` and returns its id.
  public String message(String tenant, int i, String conversation, String content)
      throws IOException, InterruptedException {
    return api(
            tenant,
            i,
            "POST",
            "conversations/%s/messages/".formatted(conversation),
            Map.of("content", content))
        .path("id")
        .asText();
  }

  /// Stores messages without the rate limits of a person, as the gateway does.
  ///
  /// @param sender the id of a participant
  public void messages(String tenant, String conversation, String sender, int count)
      throws IOException, InterruptedException {
    URI batches = stack.url(Component.MESSAGE).resolve("/internal/messages");
    for (int from = 0; from < count; from += MESSAGES_PER_CALL) {
      List<Map<String, Object>> items =
          IntStream.range(from, Math.min(count, from + MESSAGES_PER_CALL))
              .mapToObj(i ->
                  Map.<String, Object>of(
                      "conversation_id",
                      conversation,
                      "sender_id",
                      sender,
                      "content",
                      "message " + i,
                      "attachment_ids",
                      List.of(),
                      "client_message_id",
                      conversation + i))
              .toList();
      String token =
          stack.keys().token(Component.GATEWAY.label(), Component.MESSAGE.label(), tenant, null);
      send("POST", batches, token, Map.of("items", items));
    }
  }

  /// Calls the API in the name of person `i`.
  ///
  /// @param path below `/api/chat/`
  public JsonNode api(String tenant, int i, String method, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    return send(method, gateway().resolve("/api/chat/" + path), token(tenant, "p" + i), body);
  }

  /// Uploads a file in the name of person `i`, and returns the attachment.
  ///
  /// @param form a form with the file
  /// @param type the media type of the form, with its boundary
  public JsonNode upload(String tenant, int i, byte[] form, String type)
      throws IOException, InterruptedException {
    return send(
        "POST",
        gateway().resolve("/api/chat/attachments/"),
        token(tenant, "p" + i),
        type,
        BodyPublishers.ofByteArray(form));
  }

  private JsonNode send(String method, URI uri, String token, @Nullable Object body)
      throws IOException, InterruptedException {
    BodyPublisher publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(JSON.writeValueAsString(body));
    return send(method, uri, token, "application/json", publisher);
  }

  private JsonNode send(String method, URI uri, String token, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, body)
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(
          "%s %s: %d %s".formatted(method, uri, answer.statusCode(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  @Override
  public void close() {
    stack.close();
    issuer.close();
    try {
      Runtime.getRuntime().removeShutdownHook(stopAtInterrupt);
    } catch (IllegalStateException _) {
      // the program is being stopped, and the hook closes the stack too
    }
  }
}
