package com.secureapprove.chat.notification.endpoints;

import com.secureapprove.chat.notification.outbound.RefusedTarget;
import com.secureapprove.chat.notification.outbound.Targets;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.audit.AuditLog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.LockModeType;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// The endpoints of a tenant, for its administrator. The gateway forwards calls that carry the
/// provisioning token of the tenant.
@Path("/api/chat/webhooks")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class EndpointsResource {
  private final Targets targets;
  private final EndpointsConfig config;
  private final Session entities;
  private final Caller caller;
  private final AuditLog audit;
  private final Clock clock = Clock.systemUTC();

  EndpointsResource(
      Targets targets, EndpointsConfig config, Session entities, Caller caller, AuditLog audit) {
    this.targets = targets;
    this.config = config;
    this.entities = entities;
    this.caller = caller;
    this.audit = audit;
  }

  /// Creates an endpoint. The answer alone contains its secret.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  public EndpointView create(@Nullable NewEndpoint request) {
    if (request == null || request.url() == null) {
      throw ProblemException.invalid("url", "must not be empty");
    }
    String url = callable(request.url());
    Set<WebhookEventType> types = request.types();
    String description = request.checkedDescription();
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          lockTenant();
          if (WebhookEndpoint.count() >= config.max()) {
            throw new ProblemException(
                Problem.CONFLICT, "There are already %d endpoints".formatted(config.max()));
          }
          WebhookEndpoint endpoint = new WebhookEndpoint();
          endpoint.id = TimeOrderedIds.next();
          endpoint.url = url;
          endpoint.types(types);
          endpoint.description = description;
          endpoint.secret = SigningSecret.generate();
          endpoint.createdAt = now();
          endpoint.persist();
          audit.record("webhook_created", "endpoint=" + endpoint.id);
          return EndpointView.withSecret(endpoint);
        });
  }

  @GET
  public List<EndpointView> list() {
    return QuarkusTransaction.requiringNew()
        .call(() ->
            WebhookEndpoint.<WebhookEndpoint>list("order by id").stream()
                .map(EndpointView::of)
                .toList());
  }

  @GET
  @Path("/{id}")
  public EndpointView read(@PathParam("id") UUID id) {
    return changed(id, EndpointView::of);
  }

  /// Deletes an endpoint and its deliveries. An attempt that is under way ends.
  @DELETE
  @Path("/{id}")
  @ResponseStatus(204)
  public void delete(@PathParam("id") UUID id) {
    changed(
        id,
        endpoint -> {
          endpoint.delete();
          entities
              .createNativeMutationQuery(
                  "delete from webhook_delivery where tenant = :tenant and endpoint_id = :id")
              .setParameter("tenant", caller.tenant())
              .setParameter("id", id)
              .executeUpdate();
          audit.record("webhook_deleted", "endpoint=" + id);
          return EndpointView.of(endpoint);
        });
  }

  /// Gives the endpoint a new secret. The former one signs too for a time.
  @POST
  @Path("/{id}/rotate_secret")
  public EndpointView rotateSecret(@PathParam("id") UUID id) {
    return changed(
        id,
        endpoint -> {
          endpoint.previousSecret = endpoint.secret;
          endpoint.previousUntil = now().plus(config.formerSecretFor());
          endpoint.secret = SigningSecret.generate();
          audit.record("webhook_secret_rotated", "endpoint=" + id);
          return EndpointView.withSecret(endpoint);
        });
  }

  /// Calls a disabled endpoint again, from the next event on.
  @POST
  @Path("/{id}/enable")
  public EndpointView enable(@PathParam("id") UUID id) {
    return changed(
        id,
        endpoint -> {
          endpoint.disabledAt = null;
          endpoint.disabledReason = null;
          audit.record("webhook_enabled", "endpoint=" + id);
          return EndpointView.of(endpoint);
        });
  }

  private String callable(String url) {
    try {
      targets.resolve(targets.parse(url));
      return url;
    } catch (RefusedTarget e) {
      throw ProblemException.invalid("url", String.valueOf(e.getMessage()));
    }
  }

  private static EndpointView changed(UUID id, Function<WebhookEndpoint, EndpointView> change) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          WebhookEndpoint endpoint = WebhookEndpoint.findById(id, LockModeType.PESSIMISTIC_WRITE);
          if (endpoint == null) {
            throw new ProblemException(Problem.NOT_FOUND, "Unknown endpoint");
          }
          return change.apply(endpoint);
        });
  }

  /// Serialises the creations of a tenant, so that they cannot exceed the limit together.
  private void lockTenant() {
    entities
        .createNativeMutationQuery(
            "insert into tenant_with_webhooks (tenant) values (:tenant) on conflict do nothing")
        .setParameter("tenant", caller.tenant())
        .executeUpdate();
    entities
        .createNativeQuery(
            "select tenant from tenant_with_webhooks where tenant = :tenant for update",
            String.class)
        .setParameter("tenant", caller.tenant())
        .getSingleResult();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
