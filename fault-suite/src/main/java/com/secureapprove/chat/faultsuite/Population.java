package com.secureapprove.chat.faultsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.faultsuite.clients.Api;
import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import com.secureapprove.chat.faultsuite.clients.Device;
import com.secureapprove.chat.faultsuite.clients.Line;
import com.secureapprove.chat.faultsuite.clients.World;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.localstack.process.Waiting;
import com.secureapprove.chat.localstack.stack.Part;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/// Some tenants, their people, what these talk in, and their devices.
final class Population {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

  /// The number of people of each tenant; sorted, so that a seed repeats.
  private static final Map<String, Integer> TENANTS =
      new TreeMap<>(Map.of("east", 6, "north", 8, "south", 4, "west", 6));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Site site;
  private final HttpClient http;
  private final World world;
  private final Random random;
  private final List<Person> people = new ArrayList<>();

  /// A person who is signed in.
  record Person(String id, String tenant, String userName, Api api) {}

  Population(Site site, HttpClient http, World world, long seed) {
    this.site = site;
    this.http = http;
    this.world = world;
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
  void settleIn() throws IOException, InterruptedException {
    for (Map.Entry<String, Integer> tenant : TENANTS.entrySet()) {
      List<String> names =
          Stream.iterate(1, number -> number + 1)
              .limit(tenant.getValue())
              .map(number -> "person" + number)
              .toList();
      enter(tenant.getKey(), names);
      for (String name : names) {
        Api api = api(tenant.getKey(), name);
        String id = done(() -> api.get("me/")).path("id").asText();
        people.add(new Person(id, tenant.getKey(), name, api));
      }
      talks(tenant.getKey());
    }
  }

  private Api api(String tenant, String name) {
    TestIssuer issuer = site.issuer();
    return new Api(
        http, site.doors(), () -> issuer.token(tenant, name), random.nextLong(), world.answers());
  }

  /// Puts people into the directory, as the tenant's identity provider would.
  private void enter(String tenant, List<String> names) throws IOException, InterruptedException {
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
    String token = site.stack().keys().token("local-stack", Part.PRESENCE.label(), tenant, null);
    URI directory = site.stack().url(Part.PRESENCE).resolve("/internal/people");
    HttpRequest request =
        HttpRequest.newBuilder(directory)
            .timeout(ANSWERS_WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("people", entries))))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("the directory answers " + answer.body());
    }
  }

  /// Pairs of neighbours, two groups of all people with fixed members, and two with changing
  /// members.
  private void talks(String tenant) {
    List<Person> all = of(tenant);
    for (int i = 0; i + 1 < all.size(); i++) {
      Person one = all.get(i);
      Person other = all.get(i + 1);
      JsonNode talk =
          done(() -> one.api().post("conversations/start/", Map.of("participant_id", other.id())));
      world.made(talk.path("id").asText(), tenant, one.id(), List.of(other.id()), true);
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
      JsonNode talk =
          done(() ->
              owner.api().post("conversations/start_group/", Map.of("participant_ids", others)));
      world.made(talk.path("id").asText(), tenant, owner.id(), others, fixed);
    }
  }

  /// The devices of all people: two for every second person.
  List<Device> devices(int messagesPerSecond) {
    OkHttpClient sockets = Line.newClient();
    List<Device> devices = new ArrayList<>();
    long count = people.size() + people.size() / 2;
    // of what a device does, some is not sending
    Duration meanPause = Duration.ofNanos(850_000_000L * count / messagesPerSecond);
    for (int i = 0; i < people.size(); i++) {
      Person person = people.get(i);
      for (int number = 1; number <= 1 + i % 2; number++) {
        String name = "%s-%s-%d".formatted(person.tenant(), person.userName(), number);
        devices.add(
            new Device(
                sockets,
                site.doors(),
                world,
                api(person.tenant(), person.userName()),
                new DeviceLog(name, person.id(), person.tenant()),
                of(person.tenant()).stream().map(Person::id).toList(),
                meanPause,
                random.nextLong()));
      }
    }
    return devices;
  }

  /// The answer of a completed call; repeated while its outcome is unknown.
  ///
  /// @throws IllegalStateException if it is refused, or never completes
  static JsonNode done(Supplier<Answer> call) {
    Answer answer = answer(call);
    if (!answer.isDone()) {
      throw new IllegalStateException("not done: " + answer);
    }
    return answer.json();
  }

  /// The answer, good or a refusal; asked again while it is neither, and the last one where that
  /// does not end.
  static Answer answer(Supplier<Answer> call) {
    Answer[] last = new Answer[1];
    Waiting.until(
        ANSWERS_WITHIN,
        () -> {
          last[0] = call.get();
          return !last[0].isUncertain();
        });
    return last[0];
  }
}
