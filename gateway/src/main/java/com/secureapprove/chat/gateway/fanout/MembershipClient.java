package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Asks the owners who is in what and how many there are. Answers come on the event loop of the
/// asker; a question is asked again a few times before it is given up.
@Singleton
class MembershipClient {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int ATTEMPTS = 3;

  /// Of how many people circles may be asked at once.
  static final int MOST_CIRCLES = 50;

  private final Vertx vertx;
  private final UpstreamCalls calls;

  MembershipClient(Vertx vertx, UpstreamCalls calls) {
    this.vertx = vertx;
    this.calls = calls;
  }

  /// In which conversations a person is.
  void membershipsOf(
      String tenant, String person, Consumer<Membership.OfPerson> answer, Runnable onGivenUp) {
    String id = URLEncoder.encode(person, StandardCharsets.UTF_8);
    ask(
        () ->
            calls.get(
                Upstream.CONVERSATION,
                tenant,
                "/internal/memberships?user_id=" + id,
                Membership.OfPerson.class,
                LIMIT),
        answer,
        onGivenUp);
  }

  /// In which small conversations some people are, at most [#MOST_CIRCLES] of them.
  void circlesOf(
      String tenant,
      Collection<String> people,
      Consumer<Membership.Circles> answer,
      Runnable onGivenUp) {
    String ids = URLEncoder.encode(String.join(",", people), StandardCharsets.UTF_8);
    ask(
        () ->
            calls.get(
                Upstream.CONVERSATION,
                tenant,
                "/internal/circles?user_ids=" + ids,
                Membership.Circles.class,
                LIMIT),
        answer,
        onGivenUp);
  }

  /// How many people the tenant has.
  void sizeOf(String tenant, LongConsumer answer, Runnable onGivenUp) {
    ask(
        () ->
            calls.get(
                Upstream.PRESENCE, tenant, "/internal/people/count", People.Count.class, LIMIT),
        count -> answer.accept(count.active()),
        onGivenUp);
  }

  /// Who is in a conversation; nobody where there is none.
  void membershipOf(
      String tenant, UUID conversation, Consumer<Membership> answer, Runnable onGivenUp) {
    ask(
        () ->
            calls
                .get(
                    Upstream.CONVERSATION,
                    tenant,
                    "/internal/conversations/" + conversation + "/membership",
                    Membership.class,
                    LIMIT)
                .recover(failure ->
                    failure instanceof ProblemException problem
                            && problem.problem() == Problem.NOT_FOUND
                        ? Future.succeededFuture(new Membership(conversation, 0, List.of()))
                        : Future.failedFuture(failure)),
        answer,
        onGivenUp);
  }

  private <T> void ask(Supplier<Future<T>> question, Consumer<T> answer, Runnable onGivenUp) {
    Context context = vertx.getOrCreateContext();
    attempt(question, ATTEMPTS)
        .onComplete(result ->
            context.runOnContext(_ -> {
              if (result.succeeded()) {
                answer.accept(result.result());
              } else {
                onGivenUp.run();
              }
            }));
  }

  private <T> Future<T> attempt(Supplier<Future<T>> question, int left) {
    return question
        .get()
        .recover(failure ->
            left <= 1
                ? Future.failedFuture(failure)
                : pause().compose(_ -> attempt(question, left - 1)));
  }

  private Future<Void> pause() {
    Promise<Void> promise = Promise.promise();
    vertx.setTimer(PAUSE.toMillis(), _ -> promise.complete());
    return promise.future();
  }
}
