package com.secureapprove.chat.gateway.membership;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
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

/// Looks up memberships at conversation-service and the size of a tenant at presence-service.
///
/// A failed call is retried twice. Callbacks run on the event loop of the caller.
@Singleton
public class MembershipClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RETRY_DELAY = Duration.ofMillis(250);
  private static final int ATTEMPTS = 3;

  /// Maximum number of people in one call of [#circlesOf].
  public static final int MAX_CIRCLES = 50;

  private final Vertx vertx;
  private final UpstreamCalls calls;

  MembershipClient(Vertx vertx, UpstreamCalls calls) {
    this.vertx = vertx;
    this.calls = calls;
  }

  /// The conversations of a person.
  void membershipsOf(
      String tenant, String person, Consumer<Membership.OfPerson> onAnswer, Runnable onFailure) {
    String id = URLEncoder.encode(person, StandardCharsets.UTF_8);
    call(
        () ->
            calls.get(
                Upstream.CONVERSATION,
                new Share(tenant, person),
                "/internal/memberships?user_id=" + id,
                Membership.OfPerson.class,
                TIMEOUT),
        onAnswer,
        onFailure);
  }

  /// The small conversations of up to [#MAX_CIRCLES] people.
  public void circlesOf(
      String tenant,
      Collection<String> people,
      Consumer<Membership.Circles> onAnswer,
      Runnable onFailure) {
    String ids = URLEncoder.encode(String.join(",", people), StandardCharsets.UTF_8);
    call(
        () ->
            calls.get(
                Upstream.CONVERSATION,
                Share.ofTenant(tenant),
                "/internal/circles?user_ids=" + ids,
                Membership.Circles.class,
                TIMEOUT),
        onAnswer,
        onFailure);
  }

  /// The number of active people in the tenant.
  public void sizeOf(String tenant, LongConsumer onAnswer, Runnable onFailure) {
    call(
        () ->
            calls.get(
                Upstream.PRESENCE,
                Share.ofTenant(tenant),
                "/internal/people/count",
                People.Count.class,
                TIMEOUT),
        count -> onAnswer.accept(count.active()),
        onFailure);
  }

  /// The participants of a conversation. A conversation that does not exist has none.
  public void membershipOf(
      String tenant, UUID conversation, Consumer<Membership> onAnswer, Runnable onFailure) {
    call(
        () ->
            calls
                .get(
                    Upstream.CONVERSATION,
                    Share.ofTenant(tenant),
                    "/internal/conversations/" + conversation + "/membership",
                    Membership.class,
                    TIMEOUT)
                .recover(failure ->
                    failure instanceof ProblemException problem
                            && problem.problem() == Problem.NOT_FOUND
                        ? Future.succeededFuture(new Membership(conversation, 0, List.of()))
                        : Future.failedFuture(failure)),
        onAnswer,
        onFailure);
  }

  private <T> void call(Supplier<Future<T>> request, Consumer<T> onAnswer, Runnable onFailure) {
    Context context = vertx.getOrCreateContext();
    attempt(request, ATTEMPTS)
        .onComplete(result ->
            context.runOnContext(_ -> {
              if (result.succeeded()) {
                onAnswer.accept(result.result());
              } else {
                onFailure.run();
              }
            }));
  }

  private <T> Future<T> attempt(Supplier<Future<T>> request, int left) {
    return request
        .get()
        .recover(failure ->
            left <= 1
                ? Future.failedFuture(failure)
                : vertx.timer(RETRY_DELAY.toMillis()).compose(_ -> attempt(request, left - 1)));
  }
}
