package com.secureapprove.chat.systemtests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sends random requests that are generated from the document. Each response must be documented,
/// and none may be a server error. The gateway must reject invalid bodies and queries.
///
/// `-Dchat.seed=7` sends other requests, `-Dchat.strange=500` sends more.
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(RunningSuite.class)
class StrangeRequestsST {

  private static final long SEED = Long.getLong("chat.seed", 1);
  private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(60);
  private static final int REQUESTS = Integer.getInteger("chat.strange", 40);
  private static final ObjectMapper STRICT_ENOUGH =
      new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND");
  private static final List<String> ACCEPTED =
      List.of("text/html", "application/xml", "garbage", "*/*;q=0", "image/png", "");
  private static final List<String> HEADER_VALUES =
      List.of(
          "",
          " ",
          "*",
          "x".repeat(200),
          "\u00e4",
          "bytes=0-",
          "bytes=5-1",
          "bytes=0-1,3-4",
          "bytes=-99999999999999999999",
          "\"tag\"",
          "W/\"tag\", \"other\"",
          "01900000-0000-7000-8000-000000000000");

  private final Suite suite;
  private final RestContract contract;
  private final ContractSamples samples;
  private ChatUser caller;

  StrangeRequestsST(Suite suite) {
    this.suite = suite;
    contract = suite.contracts().rest();
    samples = new ContractSamples(suite);
    caller = samples.alice();
  }

  static List<Operation> operations() {
    return RestContract.read().operations();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whateverIsAskedIsAnsweredAsDescribed(Operation operation) {
    Strangeness strange = new Strangeness(SEED * 31 + operation.id().hashCode());
    String good = samples.id(operation);
    for (int i = 0; i < REQUESTS; i++) {
      Answer answer = ask(operation, strange, good);
      if (answer.status() == 429) {
        caller = samples.another();
      }
    }
  }

  private Answer ask(Operation operation, Strangeness strange, String good) {
    boolean bodied = !operation.bodyTypes().isEmpty();
    String id = strange.once(bodied ? 6 : 2) ? strange.one(Strangeness.IDS) : good;
    String method = strange.once(15) ? strange.one(METHODS) : operation.method();
    String query = query(operation, strange);
    HttpRequest.Builder request =
        samples.to(ContractSamples.path(operation, id) + (query.isEmpty() ? "" : "?" + query));
    String token = samples.token(operation);
    request.header(
        "Authorization",
        "Bearer " + (token.equals(samples.alice().token()) ? caller.token() : token));
    if (strange.once(8)) {
      request.header("Accept", strange.one(ACCEPTED));
    }
    for (String header : List.of("Idempotency-Key", "X-Chat-Session", "Range", "If-None-Match")) {
      if (strange.once(15)) {
        request.header(header, strange.one(HEADER_VALUES));
      }
    }
    if (!bodied || (operation.id().equals("upload") && strange.once(3))) {
      Answer answer = send(request.method(method, odd(operation, strange, request)));
      if (method.equals(operation.method()) && answer.status() < 300) {
        assertThat(contract.isValidQuery(operation, query))
            .as("%s took ?%s", operation, query)
            .isTrue();
      }
      return answer;
    }
    if (operation.id().equals("upload") || (operation.id().equals("send") && strange.once(4))) {
      return send(
          request
              .header("Content-Type", ContractSamples.FORM)
              .method(method, form(operation, strange)));
    }
    byte[] body = body(operation, strange);
    boolean json = !strange.once(6);
    String type = json ? operation.bodyTypes().getFirst() : strange.one(Strangeness.TYPES);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    Answer answer = send(request.method(method, BodyPublishers.ofByteArray(body)));
    if (json && method.equals(operation.method()) && answer.status() < 300) {
      assertThat(isAllowed(operation, body))
          .as("%s took %s", operation, new String(body, java.nio.charset.StandardCharsets.UTF_8))
          .isTrue();
    }
    return answer;
  }

  /// Retries 503 for a limited time. All components run, but a circuit breaker may still be open
  /// because another test has stopped a component.
  private Answer send(HttpRequest.Builder request) {
    long from = System.nanoTime();
    Answer answer = samples.send(request);
    while (answer.status() == 503 && System.nanoTime() - from < RECOVERED_WITHIN.toNanos()) {
      answer = samples.send(request);
    }
    assertThat(answer.status()).isLessThan(500);
    return answer;
  }

  private static String query(Operation operation, Strangeness strange) {
    List<String> pairs = new ArrayList<>();
    for (JsonNode parameter : operation.parameters()) {
      if (parameter.path("in").asText().equals("query")) {
        String name = parameter.path("name").asText();
        for (int i = 0; i < 2 && strange.once(2); i++) {
          pairs.add(name + "=" + strange.one(Strangeness.QUERY_VALUES));
        }
      }
    }
    if (strange.once(10)) {
      pairs.add("unheard_of=" + strange.one(Strangeness.QUERY_VALUES));
    }
    return String.join("&", pairs);
  }

  private BodyPublisher odd(Operation operation, Strangeness strange, HttpRequest.Builder request) {
    if (operation.method().equals("GET") || strange.once(2)) {
      return BodyPublishers.noBody();
    }
    String type = strange.one(Strangeness.TYPES);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return BodyPublishers.ofByteArray(strange.written(strange.any()));
  }

  private static BodyPublisher form(Operation operation, Strangeness strange) {
    byte[] file = strange.written(strange.any());
    String field = operation.id().equals("upload") ? "file" : "attachments";
    byte[] form = ContractSamples.form(strange.once(6) ? "unheard_of" : field, file);
    return BodyPublishers.ofByteArray(
        strange.once(6) ? java.util.Arrays.copyOf(form, form.length / 2) : form);
  }

  private byte[] body(Operation operation, Strangeness strange) {
    JsonNode body =
        strange.once(3)
            ? strange.of(contract, contract.bodySchema(operation))
            : Strangeness.tree(samples.body(operation));
    return strange.written(strange.once(4) ? body : strange.mutated(body));
  }

  private boolean isAllowed(Operation operation, byte[] body) {
    try {
      JsonNode read = STRICT_ENOUGH.readTree(body);
      return (read.isMissingNode() && operation.id().equals("markRead"))
          || contract.isValidBody(operation, read);
    } catch (JsonProcessingException _) {
      return false;
    } catch (IOException problem) {
      throw new java.io.UncheckedIOException(problem);
    }
  }
}
