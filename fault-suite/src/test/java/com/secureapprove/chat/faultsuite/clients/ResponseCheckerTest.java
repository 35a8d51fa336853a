package com.secureapprove.chat.faultsuite.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The allowed responses during faults.
class ResponseCheckerTest {

  private static final String GOOD = token(Instant.now().plus(1, ChronoUnit.HOURS));
  private static final String ENDED = token(Instant.now().minusSeconds(1));

  private final ResponseChecker responses = new ResponseChecker();

  @Test
  void responsesThatFaultsExcuseAreAllowed() {
    responses.response("GET me/", response(200), GOOD, false);
    responses.response("GET me/", response(503), GOOD, true);
    responses.response("GET me/", response(429), GOOD, true);
    responses.response("GET me/", response(401), ENDED, false);
    responses.upgradeRefused(503);
    for (String code : List.of("unavailable", "rate-limited", "not-found", "forbidden")) {
      responses.errorFrame(code, "");
    }
    for (int code : List.of(1000, 1001, 1006, 1013, 4408, 4429)) {
      responses.closed(code, GOOD);
    }
    responses.closed(4401, ENDED);

    assertThat(responses.violations()).isEmpty();
    assertThat(responses.checked()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void serverErrorsAreViolations(int status) {
    responses.response("POST members/", response(status), GOOD, true);

    assertThat(responses.violations()).containsOnlyKeys("POST members/: " + status + " because");
  }

  @Test
  void aServiceUnavailableWithoutRetryAfterIsAViolation() {
    responses.response("GET me/", response(503), GOOD, false);

    assertThat(responses.violations()).hasSize(1);
  }

  @Test
  void refusingAValidTokenIsAViolation() {
    responses.response("GET me/", response(401), GOOD, false);
    responses.closed(4401, GOOD);

    assertThat(responses.violations()).hasSize(2);
  }

  @Test
  void onlyTheListedRefusalsAreAllowed() {
    responses.checkStatus("send", response(403), Set.of(403, 404));
    responses.checkStatus("send", response(503), Set.of());
    assertThat(responses.violations()).isEmpty();

    responses.checkStatus("send", response(409), Set.of(403, 404));
    responses.checkStatus("send", response(409), Set.of(403, 404));
    responses.checkStatus("list", response(403), Set.of());
    assertThat(responses.violations()).containsEntry("send: 409 because", 2L).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conflict", "invalid", "internal", "unauthenticated", ""})
  void otherErrorFramesAreViolations(String code) {
    responses.errorFrame(code, "because");

    assertThat(responses.violations()).containsOnlyKeys("error frame " + code + ": because");
  }

  @ParameterizedTest
  @ValueSource(ints = {1002, 1003, 1005, 1007, 1009, 1011, 4403})
  void otherCloseCodesAreViolations(int code) {
    responses.closed(code, ENDED);

    assertThat(responses.violations()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 403, 404, 500})
  void otherUpgradeRefusalsAreViolations(int status) {
    responses.upgradeRefused(status);

    assertThat(responses.violations()).containsOnlyKeys("upgrade refused: " + status);
  }

  @Test
  void onlyPeopleWhoMayHaveLeftMayBeRefused() {
    RunState runState = new RunState();
    runState.created("fixed", "acme", "alice", List.of("bob"), true);
    runState.created("changing", "acme", "alice", List.of("bob"), false);

    assertThat(runState.refusals("fixed", "bob")).isEmpty();
    assertThat(runState.refusals("changing", "alice")).isEmpty();
    assertThat(runState.refusals("changing", "bob")).containsOnly(403, 404);
    assertThat(runState.refusals("unknown", "bob")).isEmpty();
  }

  private static ApiResponse response(int status) {
    return new ApiResponse(status, "{\"detail\":\"because\"}".getBytes(StandardCharsets.UTF_8));
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
