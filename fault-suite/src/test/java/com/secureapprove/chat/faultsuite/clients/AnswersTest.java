package com.secureapprove.chat.faultsuite.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which answers are allowed during faults.
class AnswersTest {

  private static final String GOOD = token(Instant.now().plus(1, ChronoUnit.HOURS));
  private static final String ENDED = token(Instant.now().minusSeconds(1));

  private final Answers answers = new Answers();

  @Test
  void whatFaultsExcuseIsRight() {
    answers.answered("GET me/", answer(200), GOOD, false);
    answers.answered("GET me/", answer(503), GOOD, true);
    answers.answered("GET me/", answer(429), GOOD, true);
    answers.answered("GET me/", answer(401), ENDED, false);
    answers.refusedUpgrade(503);
    for (String code : List.of("unavailable", "rate-limited", "not-found", "forbidden")) {
      answers.error(code, "");
    }
    for (int code : List.of(1000, 1001, 1006, 1013, 4408, 4429)) {
      answers.closed(code, GOOD);
    }
    answers.closed(4401, ENDED);

    assertThat(answers.wrong()).isEmpty();
    assertThat(answers.heard()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void aFailureIsNot(int status) {
    answers.answered("POST members/", answer(status), GOOD, true);

    assertThat(answers.wrong()).containsOnlyKeys("POST members/: " + status + " because");
  }

  @Test
  void a503ThatDoesNotSayWhenToAskAgainIsNot() {
    answers.answered("GET me/", answer(503), GOOD, false);

    assertThat(answers.wrong()).hasSize(1);
  }

  @Test
  void a401ToAGoodTokenIsNot() {
    answers.answered("GET me/", answer(401), GOOD, false);
    answers.closed(4401, GOOD);

    assertThat(answers.wrong()).hasSize(2);
  }

  @Test
  void onlyTheRefusalsThatTheCallMayGetAreRight() {
    answers.mayRefuse("send", answer(403), Set.of(403, 404));
    answers.mayRefuse("send", answer(503), Set.of());
    assertThat(answers.wrong()).isEmpty();

    answers.mayRefuse("send", answer(409), Set.of(403, 404));
    answers.mayRefuse("send", answer(409), Set.of(403, 404));
    answers.mayRefuse("list", answer(403), Set.of());
    assertThat(answers.wrong()).containsEntry("send: 409 because", 2L).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conflict", "invalid", "internal", "unauthenticated", ""})
  void otherErrorFramesAreNot(String code) {
    answers.error(code, "because");

    assertThat(answers.wrong()).containsOnlyKeys("error frame " + code + ": because");
  }

  @ParameterizedTest
  @ValueSource(ints = {1002, 1003, 1005, 1007, 1009, 1011, 4403})
  void otherClosingsAreNot(int code) {
    answers.closed(code, ENDED);

    assertThat(answers.wrong()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 403, 404, 500})
  void anUpgradeIsNotAnsweredOtherwise(int status) {
    answers.refusedUpgrade(status);

    assertThat(answers.wrong()).containsOnlyKeys("an upgrade: " + status);
  }

  @Test
  void onlyWhoMayBeOutMayBeRefused() {
    World world = new World();
    world.made("fixed", "acme", "alice", List.of("bob"), true);
    world.made("changing", "acme", "alice", List.of("bob"), false);

    assertThat(world.refusals("fixed", "bob")).isEmpty();
    assertThat(world.refusals("changing", "alice")).isEmpty();
    assertThat(world.refusals("changing", "bob")).containsOnly(403, 404);
    assertThat(world.refusals("unheard of", "bob")).isEmpty();
  }

  private static Answer answer(int status) {
    return new Answer(status, "{\"detail\":\"because\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static String token(Instant end) {
    String claims = "{\"exp\":" + end.getEpochSecond() + "}";
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".signature";
  }
}
