package com.secureapprove.chat.systemtests.contract;

import static com.secureapprove.chat.systemtests.contract.IdFields.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.BadTokens;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tries every operation and every frame of the contract documents without the right to use them. A
/// new one is tried as soon as it is documented.
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(RunningSuite.class)
class AccessST {
  private static final String UNKNOWN = "01900000-0000-7000-8000-000000000000";

  private final Suite suite;
  private final ContractSamples samples;
  private final IdFields ids;
  private final Map<String, String> badTokens;
  private final ChatUser stranger;
  private final ChatUser removed;
  private final ChatUser foreigner;
  private final String group;
  private final String message;

  AccessST(Suite suite) {
    this.suite = suite;
    samples = new ContractSamples(suite);
    ids = new IdFields(suite);
    badTokens = BadTokens.of(suite, samples.tenant(), "alice");
    stranger = samples.tenant().person("stranger");
    removed = samples.tenant().person("removed");
    foreigner = suite.newTenant().person("foreigner");
    group = samples.newGroup();
    message = samples.alice().say(group, "before").path("id").asText();
    String path = "conversations/" + group + "/";
    samples
        .alice()
        .post(path + "add_participants/", Map.of("participant_ids", List.of(removed.id())))
        .expect(200);
    samples
        .alice()
        .post(path + "remove_participant/", Map.of("participant_id", removed.id()))
        .expect(200);
  }

  static List<Operation> operations() {
    return RestContract.read().operations();
  }

  static Stream<Operation> withConversation() {
    return operations().stream()
        .filter(operation -> operation.path().startsWith("/api/chat/conversations/{id}/"));
  }

  static Stream<Operation> withId() {
    return operations().stream().filter(Operation::hasId);
  }

  static Stream<Operation> withBodies() {
    return operations().stream()
        .filter(operation -> !operation.bodyTypes().isEmpty() && !operation.id().equals("upload"));
  }

  static Stream<String> framesWithIds() {
    return SocketContract.read().clientFrames().entrySet().stream()
        .filter(frame -> !IdFields.of(frame.getValue()).isEmpty())
        .map(Map.Entry::getKey)
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void noBadTokenIsAccepted(Operation operation) {
    String id = samples.id(operation);
    badTokens.forEach((kind, token) -> {
      Answer answer = samples.send(samples.good(operation, token, id));
      assertThat(answer.status()).as("with a token %s", kind).isEqualTo(401);
      answer.expectProblem(401);
    });
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aTokenOfOneKindIsNoneOfAnother(Operation operation) {
    String id = samples.id(operation);
    List<String> wrong =
        ContractSamples.isScim(operation)
            ? List.of(samples.alice().token(), samples.publisher().token())
            : List.of(samples.tenant().provisioningToken());
    for (String token : wrong) {
      samples.send(samples.good(operation, token, id)).expectProblem(401);
    }
    if (operation.id().equals("publishNotification")) {
      samples.send(samples.good(operation, samples.alice().token(), id)).expectProblem(403);
    } else if (!ContractSamples.isScim(operation)) {
      samples.send(samples.good(operation, samples.publisher().token(), id)).expectProblem(403);
    }
  }

  @ParameterizedTest
  @MethodSource("withId")
  void anIdOfAnotherTenantLooksLikeAnUnknownOne(Operation operation) {
    String foreign = ids.foreign(operation);
    Answer unknown = samples.send(samples.good(operation, samples.token(operation), UNKNOWN));
    Answer other = samples.send(samples.good(operation, samples.token(operation), foreign));
    assertThat(unknown.status()).isIn(404, 204);
    assertThat(comparable(other, foreign)).isEqualTo(comparable(unknown, UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("withConversation")
  void whoIsNoParticipantNeitherReadsNorChangesAnything(Operation operation) {
    JsonNode before = state();
    for (ChatUser person : List.of(stranger, removed)) {
      Answer answer = samples.send(samples.good(operation, person.token(), group));
      assertThat(answer.status()).as(answer.asked()).isIn(403, 404);
      assertThat(answer.text()).doesNotContain("before");
    }
    Answer foreign = samples.send(samples.good(operation, foreigner.token(), group));
    Answer unknown = samples.send(samples.good(operation, foreigner.token(), UNKNOWN));
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(comparable(foreign, group)).isEqualTo(comparable(unknown, UNKNOWN));
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void idsOfAnotherTenantInABodyLookLikeUnknownOnes(Operation operation) {
    RestContract rest = suite.contracts().rest();
    for (String field : IdFields.of(rest.bodySchema(operation))) {
      String foreign = ids.foreign(field);
      assertThat(comparable(withBody(operation, field, foreign), foreign))
          .as(field)
          .isEqualTo(comparable(withBody(operation, field, UNKNOWN), UNKNOWN));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void idsOfAnotherTenantInAQueryLookLikeUnknownOnes(Operation operation) {
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("query") && IdFields.isId(name)) {
        String foreign = ids.foreign(name);
        assertThat(comparable(withQuery(operation, name, foreign), foreign))
            .isEqualTo(comparable(withQuery(operation, name, UNKNOWN), UNKNOWN));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("framesWithIds")
  void framesOfThoseWhoAreNoParticipantsHaveNoEffect(String type) {
    JsonNode before = state();
    for (ChatUser person : List.of(stranger, removed, foreigner)) {
      try (Socket socket = person.connect();
          Socket alice = samples.alice().connect()) {
        refusal(socket, frame(type, Map.of("conversation_id", group)));
        alice.ping();
        assertThat(alice.frames())
            .as("frames after %s of %s", type, person.name())
            .noneMatch(frame -> frame.toString().contains(person.id()) && isChange(frame));
      }
    }
    assertThat(state()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("framesWithIds")
  void idsOfAnotherTenantInAFrameLookLikeUnknownOnes(String type) {
    JsonNode schema = suite.contracts().socket().clientFrames().get(type);
    try (Socket socket = samples.alice().connect()) {
      for (String field : IdFields.of(schema)) {
        String foreign = ids.foreign(field);
        String other = refusal(socket, frame(type, Map.of(field, value(field, foreign))));
        String unknown = refusal(socket, frame(type, Map.of(field, value(field, UNKNOWN))));
        assertThat(other.replace(foreign, "ID"))
            .as(field)
            .isEqualTo(unknown.replace(UNKNOWN, "ID"));
      }
    }
  }

  static Stream<String> kindsOfBadTokens() {
    return Stream.of(
        "expired",
        "of another tenant by tampering",
        "that needs no signature",
        "signed by a foreign key",
        "for another audience",
        "of an issuer that is not trusted");
  }

  @ParameterizedTest
  @MethodSource("kindsOfBadTokens")
  void noBadTokenRenewsASocket(String kind) {
    try (Socket socket = samples.alice().connect()) {
      socket.send(Map.of("type", "auth", "token", badTokens.get(kind)));
      assertThat(socket.awaitClose()).as(kind).isEqualTo(4401);
    }
  }

  private static boolean isChange(JsonNode frame) {
    return !frame.path("type").asText().equals("presence");
  }

  private static String refusal(Socket socket, Map<String, ?> frame) {
    JsonNode error = socket.ask(frame, "error");
    return error.path("code").asText() + " " + error.path("detail").asText();
  }

  /// A frame that is valid but for these fields.
  private Map<String, Object> frame(String type, Map<String, ?> replaced) {
    Map<String, Object> frame = new HashMap<>();
    for (String field : fields(type)) {
      switch (field) {
        case "type" -> frame.put(field, type);
        case "conversation_id" -> frame.put(field, group);
        case "up_to" -> frame.put(field, message);
        case "content" -> frame.put(field, "forged");
        case "client_message_id" -> frame.put(field, key());
        case "attachment_ids" -> frame.put(field, List.of());
        default -> throw new AssertionError("a field that this test does not know: " + field);
      }
    }
    frame.putAll(replaced);
    return frame;
  }

  private List<String> fields(String type) {
    List<String> fields = new ArrayList<>();
    JsonNode schema = suite.contracts().socket().clientFrames().get(type);
    schema.path("properties").fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  private static String key() {
    return "key-" + UUID.randomUUID();
  }

  private JsonNode state() {
    List<JsonNode> state = new ArrayList<>();
    String path = "conversations/" + group + "/";
    for (String below : List.of("messages/", "participants/", "receipts/")) {
      state.add(samples.alice().get(path + below).expect(200));
    }
    state.add(samples.alice().get(path).expect(200).path("title"));
    return Json.read(state.toString());
  }

  private Answer withBody(Operation operation, String field, String id) {
    Map<String, Object> body = new HashMap<>(samples.body(operation));
    body.put(field, value(field, id));
    body.computeIfPresent("client_message_id", (_, _) -> key());
    String path = ContractSamples.path(operation, group);
    return samples.send(
        samples
            .to(path)
            .header("Authorization", "Bearer " + samples.token(operation))
            .header("Content-Type", operation.bodyTypes().getFirst())
            .method(operation.method(), BodyPublishers.ofString(Json.of(body))));
  }

  private Answer withQuery(Operation operation, String name, String id) {
    HttpRequest.Builder request =
        samples
            .to(ContractSamples.path(operation, group) + "?" + name + "=" + id)
            .header("Authorization", "Bearer " + samples.token(operation))
            .method(operation.method(), BodyPublishers.noBody());
    return samples.send(request);
  }

  /// The status and the body without the id, the trace and times.
  private static String comparable(Answer answer, String id) {
    return answer.status()
        + " "
        + answer
            .text()
            .replace(id, "ID")
            .replaceAll("\"trace_id\":\"[^\"]*\"", "")
            .replaceAll("\"(updated_at|lastModified|last_seen)\":\"[^\"]*\"", "");
  }
}
