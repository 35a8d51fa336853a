package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.clients.RunState.StoredFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pending sends of a device. A message is sent repeatedly until its outcome is known. There is
/// one pending send per conversation, so that the order of messages is kept.
final class Sender {

  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  /// The error codes of definite failures, and their HTTP status.
  private static final Map<String, Integer> REFUSALS =
      Map.of("not-found", 404, "forbidden", 403, "conflict", 409, "invalid", 400);

  private final Api api;
  private final DeviceState deviceState;
  private final RunState runState;
  private final String person;
  private final Random random;

  /// By conversation.
  private final Map<String, Pending> pending = new HashMap<>();

  private record Pending(SendRequest request, long retryAt) {}

  Sender(Api api, DeviceState deviceState, RunState runState, String person, Random random) {
    this.api = api;
    this.deviceState = deviceState;
    this.runState = runState;
    this.person = person;
    this.random = random;
  }

  boolean isPending(String conversation) {
    return pending.containsKey(conversation);
  }

  /// The number of pending sends.
  int pending() {
    return pending.size();
  }

  /// A new connection is open: sends over the former one may be lost.
  void resend(DeviceConnection connection) {
    pending.values().forEach(pendingSend -> connection.send(pendingSend.request().frame()));
  }

  /// Checks the outcome of sends, and repeats those without an answer in time.
  void handleOutcomes(@Nullable DeviceConnection connection) {
    for (Pending pendingSend : List.copyOf(pending.values())) {
      SendRequest request = pendingSend.request();
      JsonNode outcome = deviceState.outcome(request.key());
      if (outcome == null) {
        if (System.nanoTime() - pendingSend.retryAt() > 0) {
          attempt(request, connection);
        }
      } else if (outcome.path("type").asText().equals("ack")) {
        acknowledged(request);
      } else if (REFUSALS.containsKey(outcome.path("code").asText())) {
        String code = outcome.path("code").asText();
        if (!runState.refusals(request.conversation(), person).contains(REFUSALS.get(code))) {
          runState.responses().violation("send by frame: %s".formatted(code));
        }
        pending.remove(request.conversation());
      } else {
        // indeterminate: it is repeated later
        pending.put(request.conversation(), new Pending(request, System.nanoTime() + 500_000_000L));
      }
    }
  }

  private void acknowledged(SendRequest request) {
    pending.remove(request.conversation());
    runState.acknowledge();
    if (request.file() != null) {
      runState.addFile(new StoredFile(request.file(), request.conversation(), request.content()));
    }
  }

  /// Sends a new message, by frame or by REST request.
  ///
  /// @param connection null if none is open
  void send(SendRequest request, @Nullable DeviceConnection connection) {
    deviceState.sendInvoked(request);
    attempt(request, connection);
  }

  private void attempt(SendRequest request, @Nullable DeviceConnection connection) {
    pending.put(
        request.conversation(),
        new Pending(request, System.nanoTime() + RESPONSE_TIMEOUT.toNanos()));
    if (connection != null && random.nextInt(5) > 0) {
      connection.send(request.frame());
      return;
    }
    ApiResponse response =
        api.post("conversations/" + request.conversation() + "/messages/", request.body());
    if (response.isSuccess()) {
      deviceState.sendOk(request.key(), response.json());
      acknowledged(request);
    } else if (response.isIndeterminate()) {
      pending.put(request.conversation(), new Pending(request, System.nanoTime() + 500_000_000L));
    } else {
      Set<Integer> refusals = runState.refusals(request.conversation(), person);
      runState.responses().checkStatus("send", response, refusals);
      pending.remove(request.conversation());
    }
  }
}
