package com.secureapprove.chat.faultsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.faultsuite.clients.Api;
import com.secureapprove.chat.faultsuite.clients.Device;
import com.secureapprove.chat.faultsuite.clients.DeviceConnection;
import com.secureapprove.chat.faultsuite.clients.RunState;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.testsupport.issuer.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/// The tenants of a run, with their people, conversations and devices.
final class Population {

  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

  /// The number of people of each tenant; sorted, so that a seed repeats.
  private static final Map<String, Integer> TENANTS =
      new TreeMap<>(Map.of("east", 6, "north", 8, "south", 4, "west", 6));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProxiedStack proxiedStack;
  private final HttpClient http;
  private final RunState runState;
  private final Random random;
  private final List<Person> people = new ArrayList<>();

  /// A person who is signed in.
  record Person(String id, String tenant, String userName, Api api) {}

  Population(ProxiedStack proxiedStack, HttpClient http, RunState runState, long seed) {
    this.proxiedStack = proxiedStack;
    this.http = http;
    this.runState = runState;
    this.random = new Random(seed);
  }

  List<Person> people() {
    return List.copyOf(people);
  }

  /// The people of one tenant.
  List<Person> of(String tenant) {
    return people.stream().filter(person -> person.tenant().equals(tenant)).toList();
  }

  /// Signs all people in and creates the conversations, before the first fault.
  void setUp() throws IOException, InterruptedException {
    for (Map.Entry<String, Integer> tenant : TENANTS.entrySet()) {
      List<String> names =
          Stream.iterate(1, number -> number + 1)
              .limit(tenant.getValue())
              .map(number -> "person" + number)
              .toList();
      provision(tenant.getKey(), names);
      for (String name : names) {
        Api api = api(tenant.getKey(), name);
        String id = Retries.success(() -> api.get("me/")).path("id").asText();
        people.add(new Person(id, tenant.getKey(), name, api));
      }
      conversations(tenant.getKey());
    }
  }

  private Api api(String tenant, String name) {
    TestIssuer issuer = proxiedStack.issuer();
    return new Api(
        http,
        proxiedStack.endpoints(),
        () -> issuer.token(tenant, name),
        random.nextLong(),
        runState.responses());
  }

  /// Provisions people in the directory, as the identity provider of the tenant would.
  private void provision(String tenant, List<String> names)
      throws IOException, InterruptedException {
    List<Map<String, Object>> entries =
        names.stream()
            .map(name ->
                Map.<String, Object>of(
                    "external_id",
                    name,
                    "user_name",
                    name,
                    "name",
                    TestIssuer.displayName(name),
                    "email",
                    "%s@%s.example".formatted(name, tenant),
                    "active",
                    true))
            .toList();
    String token =
        proxiedStack.stack().keys().token("local-stack", Component.PRESENCE.label(), tenant, null);
    URI directory = proxiedStack.stack().url(Component.PRESENCE).resolve("/internal/people");
    HttpRequest request =
        HttpRequest.newBuilder(directory)
            .timeout(RESPONSE_TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("people", entries))))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("provisioning failed: " + response.body());
    }
  }

  /// Pairs of neighbours, two groups of all people with fixed members, and two with changing
  /// members.
  private void conversations(String tenant) {
    List<Person> all = of(tenant);
    for (int i = 0; i + 1 < all.size(); i++) {
      Person one = all.get(i);
      Person other = all.get(i + 1);
      JsonNode conversation =
          Retries.success(
              () -> one.api().post("conversations/start/", Map.of("participant_id", other.id())));
      runState.created(
          conversation.path("id").asText(), tenant, one.id(), List.of(other.id()), true);
    }
    for (int i = 0; i < 4; i++) {
      boolean fixed = i < 2;
      Person owner = all.get(i);
      List<String> others =
          all.stream()
              .filter(person -> person != owner)
              .limit(fixed ? all.size() : all.size() / 2)
              .map(Person::id)
              .toList();
      JsonNode conversation =
          Retries.success(() ->
              owner.api().post("conversations/start_group/", Map.of("participant_ids", others)));
      runState.created(conversation.path("id").asText(), tenant, owner.id(), others, fixed);
    }
  }

  /// The devices of all people: two for every second person.
  List<Device> devices(int messagesPerSecond) {
    OkHttpClient sockets = DeviceConnection.newClient();
    List<Device> devices = new ArrayList<>();
    long count = people.size() + people.size() / 2;
    // 85 % of the actions of a device are sends
    Duration meanPause = Duration.ofNanos(850_000_000L * count / messagesPerSecond);
    for (int i = 0; i < people.size(); i++) {
      Person person = people.get(i);
      for (int number = 1; number <= 1 + i % 2; number++) {
        String name = "%s-%s-%d".formatted(person.tenant(), person.userName(), number);
        devices.add(
            new Device(
                sockets,
                proxiedStack.endpoints(),
                runState,
                api(person.tenant(), person.userName()),
                new DeviceLog(name, person.id(), person.tenant()),
                of(person.tenant()).stream().map(Person::id).toList(),
                meanPause,
                random.nextLong()));
      }
    }
    return devices;
  }
}
