package com.secureapprove.chat.notification.deliveries;

import com.secureapprove.chat.notification.endpoints.WebhookEndpoint;
import com.secureapprove.chat.platform.json.Uuids;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.query.NextPage;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.LockModeType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The deliveries of an endpoint, for the administrator of its tenant.
@Path("/api/chat/webhooks/{id}/deliveries")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class DeliveriesResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final WebhookDeliveries deliveries;
  private final DeliveryDispatcher dispatcher;
  private final Clock clock = Clock.systemUTC();

  DeliveriesResource(WebhookDeliveries deliveries, DeliveryDispatcher dispatcher) {
    this.deliveries = deliveries;
    this.dispatcher = dispatcher;
  }

  /// The deliveries, newest first.
  ///
  /// @param state `pending`, `delivered` or `dead`; without it all
  /// @param cursor opaque, from the `Link` of the page before
  @GET
  public RestResponse<List<DeliveryView>> list(
      @PathParam("id") UUID endpointId,
      @RestQuery @Nullable String state,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    int size = limit == null ? DEFAULT_LIMIT : limit;
    if (size < 1 || size > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    Optional<DeliveryState> wanted = Optional.ofNullable(state).map(DeliveriesResource::known);
    Optional<UUID> before = Optional.ofNullable(cursor).map(DeliveriesResource::position);
    List<DeliveryView> found =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              existing(endpointId);
              return page(endpointId, wanted, before, size + 1);
            });
    boolean more = found.size() > size;
    List<DeliveryView> page = more ? found.subList(0, size) : found;
    RestResponse.ResponseBuilder<List<DeliveryView>> response =
        RestResponse.ResponseBuilder.ok(page);
    if (more) {
      UriBuilder next =
          UriBuilder.fromPath("/api/chat/webhooks/{id}/deliveries/")
              .queryParam("limit", size)
              .queryParam("cursor", page.getLast().id());
      wanted.ifPresent(each -> next.queryParam("state", each));
      response.links(NextPage.link(next, endpointId));
    }
    return response.build();
  }

  /// Sends a delivery again that was accepted or is dead, with the same `webhook-id`.
  @POST
  @Path("/{delivery}/resend")
  @ResponseStatus(202)
  public DeliveryView resend(@PathParam("id") UUID endpointId, @PathParam("delivery") UUID id) {
    DeliveryView sent =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              WebhookEndpoint endpoint = existing(endpointId);
              WebhookDelivery delivery =
                  WebhookDelivery.findById(id, LockModeType.PESSIMISTIC_WRITE);
              if (delivery == null || !delivery.endpointId.equals(endpointId)) {
                throw new ProblemException(Problem.NOT_FOUND, "Unknown delivery");
              }
              if (endpoint.disabledAt != null) {
                throw new ProblemException(Problem.CONFLICT, "The endpoint is disabled");
              }
              if (delivery.state() == DeliveryState.PENDING) {
                throw new ProblemException(Problem.CONFLICT, "The delivery is still pending");
              }
              delivery.state = DeliveryState.PENDING.toString();
              delivery.attempts = 0;
              delivery.nextAttemptAt = clock.instant();
              deliveries.dueWithin(Duration.ZERO);
              return DeliveryView.of(delivery);
            });
    dispatcher.wake();
    return sent;
  }

  private static List<DeliveryView> page(
      UUID endpointId, Optional<DeliveryState> state, Optional<UUID> before, int limit) {
    StringBuilder condition = new StringBuilder("endpointId = :endpoint");
    Parameters parameters = Parameters.with("endpoint", endpointId);
    state.ifPresent(wanted -> {
      condition.append(" and state = :state");
      parameters.and("state", wanted.toString());
    });
    before.ifPresent(id -> {
      condition.append(" and id < :before");
      parameters.and("before", id);
    });
    return WebhookDelivery.<WebhookDelivery>find(condition + " order by id desc", parameters)
        .page(0, limit)
        .stream()
        .map(DeliveryView::of)
        .toList();
  }

  private static WebhookEndpoint existing(UUID id) {
    WebhookEndpoint endpoint = WebhookEndpoint.findById(id);
    if (endpoint == null) {
      throw new ProblemException(Problem.NOT_FOUND, "Unknown endpoint");
    }
    return endpoint;
  }

  private static DeliveryState known(String name) {
    return DeliveryState.ofWireName(name)
        .orElseThrow(() -> ProblemException.invalid("state", "must be pending, delivered or dead"));
  }

  private static UUID position(String cursor) {
    try {
      return Uuids.of(cursor);
    } catch (IllegalArgumentException _) {
      throw ProblemException.invalid("cursor", "is invalid");
    }
  }
}
