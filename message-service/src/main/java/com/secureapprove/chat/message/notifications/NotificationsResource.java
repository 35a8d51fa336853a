package com.secureapprove.chat.message.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.contracts.ChatEvent.NotificationPublished;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.hash.Sha256;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import com.secureapprove.chat.serviceplatform.people.KnownPeople;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// The integration API: a host application publishes a notification to some of its users.
@Path("/api/chat/notifications")
@RunOnVirtualThread
class NotificationsResource {
  private static final int MAX_USERS = 1_000;
  private static final int MAX_DATA_BYTES = 16 * 1024;
  private static final Pattern TYPE = Pattern.compile("notification_[a-z0-9_]{1,64}");
  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,128}");

  /// @param type `notification_` and a name of the host application's own
  /// @param data at most 16 KiB of JSON
  record Notification(
      @Nullable List<@Nullable String> userIds, @Nullable String type, @Nullable ObjectNode data) {}

  /// Written by the ObjectMapper, which a native image does not see.
  @RegisterForReflection
  record Accepted(int accepted, List<String> unknownUserIds) {}

  private final KnownPeople people;
  private final Outbox outbox;
  private final Session entities;
  private final Caller caller;
  private final ObjectMapper json;
  private final Clock clock = Clock.systemUTC();

  NotificationsResource(
      KnownPeople people, Outbox outbox, Session entities, Caller caller, ObjectMapper json) {
    this.people = people;
    this.outbox = outbox;
    this.entities = entities;
    this.caller = caller;
    this.json = json;
  }

  /// 202 after it is stored. It reaches the users' connections like any durable event. A repeated
  /// key returns the first answer.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed("publisher:gateway")
  public Response publish(
      @HeaderParam("Idempotency-Key") @Nullable String key, @Nullable Notification request)
      throws JsonProcessingException {
    if (request == null || request.userIds() == null || request.userIds().isEmpty()) {
      throw ProblemException.invalid("user_ids", "must not be empty");
    }
    if (request.userIds().size() > MAX_USERS) {
      throw ProblemException.invalid("user_ids", "must be at most " + MAX_USERS);
    }
    List<String> users = users(request.userIds());
    String type = request.type();
    if (type == null || !TYPE.matcher(type).matches()) {
      throw ProblemException.invalid(
          "type", "must be notification_ and up to 64 lower-case letters, digits or underscores");
    }
    if (key != null && !KEY.matcher(key).matches()) {
      throw ProblemException.invalid("Idempotency-Key", "must be 1 to 128 printable ASCII");
    }
    String data = request.data() == null ? "{}" : json.writeValueAsString(request.data());
    if (data.getBytes(StandardCharsets.UTF_8).length > MAX_DATA_BYTES) {
      throw ProblemException.invalid("data", "must be at most 16 KiB");
    }
    people.ensure(users);
    byte[] fingerprint = fingerprint(type, users, data);
    String answer =
        QuarkusTransaction.requiringNew().call(() -> store(type, users, data, key, fingerprint));
    return Response.accepted(answer).type(MediaType.APPLICATION_JSON).build();
  }

  private String store(
      String type, List<String> users, String data, @Nullable String key, byte[] fingerprint)
      throws JsonProcessingException {
    Set<String> known = people.activeAmong(users);
    List<String> reached = users.stream().filter(known::contains).toList();
    String answer =
        json.writeValueAsString(
            new Accepted(reached.size(), users.stream().filter(u -> !known.contains(u)).toList()));
    if (key != null) {
      int fresh =
          entities
              .createNativeMutationQuery(
                  """
                  insert into notification_key (tenant, publisher, key, fingerprint, answer)
                  values (:tenant, :publisher, :key, :fingerprint, :answer) on conflict do nothing
                  """)
              .setParameter("tenant", caller.tenant())
              .setParameter("publisher", caller.user().userId())
              .setParameter("key", key)
              .setParameter("fingerprint", fingerprint)
              .setParameter("answer", answer)
              .executeUpdate();
      if (fresh == 0) {
        return answerBefore(key, fingerprint);
      }
      forgetOldKeys();
    }
    if (!reached.isEmpty()) {
      outbox.append(
          TimeOrderedIds.next().toString(),
          1,
          new NotificationPublished(
              reached, type, data, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }
    return answer;
  }

  private static List<String> users(List<@Nullable String> ids) {
    Set<String> users = new LinkedHashSet<>();
    for (String id : ids) {
      if (id == null || id.indexOf('\0') >= 0) {
        throw ProblemException.invalid("user_ids", "must hold ids only");
      }
      users.add(id);
    }
    return List.copyOf(users);
  }

  private String answerBefore(String key, byte[] fingerprint) {
    Object[] before =
        entities
            .createNativeQuery(
                "select fingerprint, answer from notification_key where tenant = :tenant"
                    + " and publisher = :publisher and key = :key",
                Object[].class)
            .setParameter("tenant", caller.tenant())
            .setParameter("publisher", caller.user().userId())
            .setParameter("key", key)
            .getSingleResult();
    if (!Arrays.equals((byte[]) before[0], fingerprint)) {
      throw new ProblemException(
          Problem.CONFLICT, "Idempotency-Key: already used for another notification");
    }
    return (String) before[1];
  }

  private void forgetOldKeys() {
    entities
        .createNativeMutationQuery(
            "delete from notification_key where tenant = :tenant"
                + " and created_at < now() - interval '1 day'")
        .setParameter("tenant", caller.tenant())
        .executeUpdate();
  }

  private static byte[] fingerprint(String type, List<String> users, String data) {
    return Sha256.of(String.join("\n", type, String.join(",", users), data));
  }
}
