package com.secureapprove.chat.systemtests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Produces the responses that all operations have in common. [RestContract] validates them, like
/// every response. [ServiceOutagesST] covers components that are down.
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(RunningSuite.class)
class EveryAnswerST {

  private static final String UNKNOWN = "01900000-0000-7000-8000-000000000000";
  private static final int TOO_LARGE = 2 << 20;
  private static final int FILE_TOO_LARGE = 11 << 20;

  private final Suite suite;
  private final ContractSamples samples;

  EveryAnswerST(Suite suite) {
    this.suite = suite;
    samples = new ContractSamples(suite);
  }

  static List<Operation> operations() {
    return RestContract.read().operations();
  }

  static Stream<Operation> answering400() {
    return operations().stream().filter(operation -> operation.answers(400));
  }

  static Stream<Operation> answering403() {
    return operations().stream().filter(operation -> operation.answers(403));
  }

  static Stream<Operation> withUnknownIds() {
    return operations().stream().filter(each -> each.hasId() && each.answers(404));
  }

  static Stream<Operation> answering413() {
    return operations().stream().filter(operation -> operation.answers(413));
  }

  static Stream<Operation> answering415() {
    return operations().stream().filter(operation -> operation.answers(415));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aGoodRequestSucceeds(Operation operation) {
    assertThat(samples.send(samples.good(operation)).status()).isBetween(200, 299);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void withoutCredentialsNothingIsAnswered(Operation operation) {
    String id = samples.id(operation);
    for (String token : List.of("nonsense", suite.issuer().forged("acme", "alice"))) {
      samples.send(samples.good(operation, token, id)).expectProblem(401);
    }
    samples
        .send(
            samples
                .to(ContractSamples.path(operation, id))
                .method(operation.method(), BodyPublishers.noBody()))
        .expectProblem(401);
  }

  @ParameterizedTest
  @MethodSource("answering403")
  void whoIsNotInTheDirectoryIsLetInNowhere(Operation operation) {
    String token = suite.issuer().token(samples.tenant().name(), "stranger");
    samples.send(samples.good(operation, token, samples.id(operation))).expectProblem(403);
  }

  @ParameterizedTest
  @MethodSource("withUnknownIds")
  void whatDoesNotExistIsNotFound(Operation operation) {
    HttpRequest.Builder request = samples.good(operation, samples.token(operation), UNKNOWN);
    assertThat(samples.send(request).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("answering400")
  void whatIsMalformedIsInvalid(Operation operation) {
    String token = samples.token(operation);
    if (operation.hasId() && !ContractSamples.isScim(operation)) {
      samples.send(samples.good(operation, token, "no-uuid")).expectProblem(400);
    }
    String path = ContractSamples.path(operation, samples.id(operation));
    if (!operation.bodyTypes().isEmpty()) {
      String type =
          operation.id().equals("upload") ? ContractSamples.FORM : operation.bodyTypes().getFirst();
      HttpRequest.Builder malformed =
          authorized(path, token)
              .header("Content-Type", type)
              .method(operation.method(), BodyPublishers.ofString("{\"a\":"));
      assertThat(samples.send(malformed).status()).isEqualTo(400);
    }
    if (operation.id().equals("unlinkIssuer")) {
      samples.send(authorized(path, token).DELETE()).expect(400);
    }
    for (String query : List.of("limit=0", "limit=x", "count=x", "filter=((")) {
      if (operation.hasQuery(query.substring(0, query.indexOf('=')))) {
        HttpRequest.Builder odd = authorized(path + "?" + query, token).GET();
        assertThat(samples.send(odd).status()).isEqualTo(400);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("answering413")
  void whatIsTooLargeIsRefused(Operation operation) {
    HttpRequest.Builder request =
        authorized(
            ContractSamples.path(operation, samples.id(operation)), samples.token(operation));
    if (operation.id().equals("upload")) {
      request.header("Content-Type", ContractSamples.FORM);
      request.POST(
          BodyPublishers.ofByteArray(ContractSamples.form("file", new byte[FILE_TOO_LARGE])));
    } else {
      String type =
          operation.bodyTypes().isEmpty() ? "application/json" : operation.bodyTypes().getFirst();
      request.header("Content-Type", type);
      request.method(operation.method(), ContractSamples.large(TOO_LARGE));
    }
    samples.send(request).expectProblem(413);
  }

  @ParameterizedTest
  @MethodSource("answering415")
  void aBodyOfAnotherTypeIsRefused(Operation operation) {
    HttpRequest.Builder request =
        authorized(ContractSamples.path(operation, samples.id(operation)), samples.token(operation))
            .header("Content-Type", "text/csv")
            .method(operation.method(), BodyPublishers.ofString("a,b"));
    samples.send(request).expectProblem(415);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anotherMethodIsToldWhichOnesThereAre(Operation operation) {
    HttpRequest.Builder request =
        authorized(ContractSamples.path(operation, samples.id(operation)), samples.token(operation))
            .method("PROPFIND", BodyPublishers.noBody());
    assertThat(samples.send(request).expectProblem(405).path("detail").asText())
        .contains(operation.method());
  }

  @Test
  void startingAgainAndWithNobody() {
    RestContract rest = suite.contracts().rest();
    Operation start = rest.operation("start");
    samples.send(samples.good(start));
    samples.send(samples.good(start)).expect(200);
    samples
        .alice()
        .post("conversations/start/", Map.of("participant_id", "nobody"))
        .expectProblem(404);
    samples
        .alice()
        .post("conversations/start_group/", Map.of("participant_ids", List.of("nobody")))
        .expectProblem(404);
  }

  @Test
  void sendingAgainAndSomethingElse() {
    String messages = "conversations/" + samples.newGroup() + "/messages/";
    Map<String, String> message = Map.of("content", "once", "client_message_id", "the-key");
    samples.alice().post(messages, message).expect(201);
    samples.alice().post(messages, message).expect(200);
    samples
        .alice()
        .post(messages, Map.of("content", "other", "client_message_id", "the-key"))
        .expectProblem(409);
  }

  @Test
  void publishingSomethingElseUnderTheSameKey() {
    for (String type : List.of("notification_one", "notification_other")) {
      Answer answer =
          samples.send(
              samples
                  .publisher()
                  .request("notifications/")
                  .header("Idempotency-Key", "the-key")
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"user_ids\":[\"%s\"],\"type\":\"%s\"}"
                              .formatted(samples.bob().id(), type))));
      answer.expect(type.equals("notification_one") ? 202 : 409);
    }
  }

  @Test
  void theSameUserNameTwice() {
    for (String id : List.of("createUser", "replaceUser", "patchUser")) {
      Operation operation = suite.contracts().rest().operation(id);
      String body =
          id.equals("patchUser")
              ? """
              {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
               "Operations":[{"op":"replace","path":"userName","value":"alice"}]}
              """
              : "{\"userName\":\"alice\"}";
      HttpRequest.Builder request =
          authorized(
                  ContractSamples.path(operation, samples.id(operation)), samples.token(operation))
              .header("Content-Type", "application/scim+json")
              .method(operation.method(), BodyPublishers.ofString(body));
      samples.send(request).expect(409);
    }
  }

  @Test
  void whatTheClientHasAlreadyIsNotSentAgain() {
    for (String id : List.of("presence", "download", "thumbnail")) {
      Operation operation = suite.contracts().rest().operation(id);
      String tag = samples.send(samples.good(operation)).header("ETag");
      // presence may change between the requests, which changes the response
      for (int i = 0; i < 5; i++) {
        Answer again = samples.send(samples.good(operation).header("If-None-Match", tag));
        if (again.status() == 304) {
          break;
        }
        assertThat(again.status()).isEqualTo(200);
        tag = again.header("ETag");
      }
    }
  }

  @Test
  void partsOfAFile() {
    Operation download = suite.contracts().rest().operation("download");
    Answer part = samples.send(samples.good(download).header("Range", "bytes=1-3"));
    part.expectBytes(206, "PNG");
    Answer none = samples.send(samples.good(download).header("Range", "bytes=99999999-"));
    assertThat(none.status()).isEqualTo(416);
  }

  @Test
  void tooOftenIsTooOften() {
    for (String id : List.of("startGroup", "start", "send", "upload")) {
      Operation operation = suite.contracts().rest().operation(id);
      ChatUser hasty = samples.another();
      String conversation = hasty.startWith(samples.bob());
      int status = 0;
      for (int i = 0; i < 100 && status != 429; i++) {
        String now = id.equals("start") ? "startGroup" : id;
        Operation asked = suite.contracts().rest().operation(now);
        status = samples.send(samples.good(asked, hasty.token(), conversation)).status();
      }
      assertThat(status).as(id).isEqualTo(429);
      if (id.equals("start")) {
        samples.send(samples.good(operation, hasty.token(), conversation)).expectProblem(429);
      }
    }
  }

  private HttpRequest.Builder authorized(String path, String token) {
    return samples.to(path).header("Authorization", "Bearer " + token);
  }
}
