package com.secureapprove.chat.notification.subscriptions;

import com.secureapprove.chat.notification.encryption.PushServer;
import com.secureapprove.chat.notification.outbound.RefusedTarget;
import com.secureapprove.chat.notification.outbound.Targets;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// The Web Push subscriptions of the person who calls.
@Path("/api/chat/push_subscriptions")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class SubscriptionsResource {
  private final PushServer server;
  private final Subscriptions subscriptions;
  private final Targets targets;
  private final SubscriptionsConfig config;
  private final Caller caller;
  private final Clock clock = Clock.systemUTC();

  SubscriptionsResource(
      PushServer server,
      Subscriptions subscriptions,
      Targets targets,
      SubscriptionsConfig config,
      Caller caller) {
    this.server = server;
    this.subscriptions = subscriptions;
    this.targets = targets;
    this.config = config;
    this.caller = caller;
  }

  /// The subscriptions, oldest first.
  @GET
  public List<SubscriptionView> list() {
    String person = caller.user().userId();
    return QuarkusTransaction.requiringNew()
        .call(() ->
            PushSubscription.<PushSubscription>list("userId = ?1 order by id", person).stream()
                .map(SubscriptionView::of)
                .toList());
  }

  /// Subscribes a browser. A browser that is subscribed already gets the new keys, language and
  /// page, and belongs to the caller from now on: one browser never notifies two people.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  public SubscriptionView create(@Nullable NewSubscription request) {
    if (!server.isConfigured()) {
      throw new ProblemException(Problem.NOT_FOUND, "This installation has no Web Push");
    }
    if (request == null || request.endpoint() == null) {
      throw ProblemException.invalid("endpoint", "must not be empty");
    }
    String endpoint = callable(request.endpoint());
    PushSubscription subscription = new PushSubscription();
    subscription.id = TimeOrderedIds.next();
    subscription.userId = caller.user().userId();
    subscription.endpoint = endpoint;
    NewSubscription.Keys keys = request.checkedKeys();
    subscription.p256dh = String.valueOf(keys.p256dh());
    subscription.auth = String.valueOf(keys.auth());
    subscription.language = request.checkedLanguage();
    subscription.page = request.checkedPage();
    subscription.createdAt = now();
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          subscriptions.lockTenant();
          subscriptions.replace(subscription, config.perPerson());
          return SubscriptionView.of(subscription);
        });
  }

  /// Ends a subscription of the caller. Answers the same if there is none.
  @DELETE
  @Path("/{id}")
  @ResponseStatus(204)
  public void delete(@PathParam("id") UUID id) {
    String person = caller.user().userId();
    QuarkusTransaction.requiringNew().run(() -> subscriptions.delete(id, person));
  }

  private String callable(String url) {
    try {
      targets.resolve(targets.parse(url));
      return url;
    } catch (RefusedTarget e) {
      throw ProblemException.invalid("endpoint", String.valueOf(e.getMessage()));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
