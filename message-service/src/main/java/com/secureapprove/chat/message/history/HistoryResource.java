package com.secureapprove.chat.message.history;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.files.StoredFiles;
import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.message.receipts.Positions;
import com.secureapprove.chat.message.receipts.ReadState;
import com.secureapprove.chat.message.receipts.ReadStates;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.json.Uuids;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.query.NextPage;
import com.secureapprove.chat.serviceplatform.people.PersonCopy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// A conversation's messages, oldest first.
@Path("/api/chat/conversations/{id}/messages")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class HistoryResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  /// Clients of the original chat give no limit and cannot ask for more.
  private static final int MAX_WITHOUT_LIMIT = 1_000;

  /// Who sent messages of a page.
  ///
  /// @param person null if the directory copy does not have the person
  /// @param present whether the person is a participant now
  private record Sender(@Nullable PersonCopy person, boolean present) {}

  /// @param messages oldest first
  private record Page(List<Message> messages, Map<String, Sender> senders) {

    Set<String> departed() {
      return senders.entrySet().stream()
          .filter(sender -> !sender.getValue().present())
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }
  }

  private final Session session;
  private final Memberships memberships;
  private final ReadStates states;
  private final Positions positions;
  private final StoredFiles files;
  private final Caller caller;

  HistoryResource(
      Session session,
      Memberships memberships,
      ReadStates states,
      Positions positions,
      StoredFiles files,
      Caller caller) {
    this.session = session;
    this.memberships = memberships;
    this.states = states;
    this.positions = positions;
    this.files = files;
    this.caller = caller;
  }

  /// The newest messages, or those right after `since_id`, or those right before `before_id`; what
  /// is fetched counts as delivered. `Link` names the next page in the same direction. Without any
  /// parameter the page has up to [#MAX_WITHOUT_LIMIT] messages.
  @GET
  public Response history(
      @PathParam("id") UUID conversationId,
      @RestQuery("since_id") @Nullable String sinceId,
      @RestQuery("before_id") @Nullable String beforeId,
      @RestQuery("limit") @Nullable Integer limitAsked) {
    if (limitAsked != null && (limitAsked < 1 || limitAsked > MAX_LIMIT)) {
      throw ProblemException.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    if (sinceId != null && beforeId != null) {
      throw ProblemException.invalid("since_id", "cannot be combined with before_id");
    }
    UUID since = sinceId == null ? null : id("since_id", sinceId);
    UUID before = beforeId == null ? null : id("before_id", beforeId);
    int limit =
        limitAsked != null
            ? limitAsked
            : since == null && before == null ? MAX_WITHOUT_LIMIT : DEFAULT_LIMIT;
    return memberships.withRefresh(
        conversationId,
        () ->
            QuarkusTransaction.requiringNew()
                .call(() -> page(conversationId, since, before, limit)));
  }

  private Response page(
      UUID conversationId, @Nullable UUID since, @Nullable UUID before, int limit) {
    boolean forward = since != null;
    ReadState state;
    long from = 0;
    long to;
    if (since != null) {
      ReadStates.ReadStateAtMessage anchored = states.ofCaller(conversationId, since);
      state = anchored.state();
      from = anchored.seq();
      to = state.lastSeq();
    } else if (before != null) {
      ReadStates.ReadStateAtMessage anchored = states.ofCaller(conversationId, before);
      state = anchored.state();
      to = anchored.seq() - 1;
    } else {
      state = states.ofCaller(conversationId);
      to = state.lastSeq();
    }
    Page found = read(conversationId, from, to, forward, limit);
    List<MessageView> page =
        found.messages().stream()
            .map(message ->
                view(message, Objects.requireNonNull(found.senders().get(message.senderId)), state))
            .toList();
    if (!page.isEmpty() && page.getLast().seq() > state.delivered()) {
      positions.markDelivered(conversationId, state, page, found.departed());
    }
    Response.ResponseBuilder response = Response.ok(page);
    if (!page.isEmpty() && (forward ? page.getLast().seq() < to : page.getFirst().seq() > 1)) {
      UriBuilder next = UriBuilder.fromPath("/api/chat/conversations/{id}/messages/");
      next =
          forward
              ? next.queryParam("since_id", page.getLast().id())
              : next.queryParam("before_id", page.getFirst().id());
      next = next.queryParam("limit", Math.min(limit, MAX_LIMIT));
      response.links(NextPage.link(next, conversationId));
    }
    return response.build();
  }

  /// Reads a page. Only the first message of each sender looks the sender up, so that the rows read
  /// hardly exceed the messages.
  private Page read(UUID conversationId, long from, long to, boolean forward, int limit) {
    List<Message> messages = new ArrayList<>();
    Map<String, Sender> senders = new HashMap<>();
    session
        .createNativeQuery(
            """
            select {m.*}, {s.*}, m.introduces_sender, p.user_id is not null as sender_present
            from (
              select page.*,
                row_number() over (partition by sender_id order by seq) = 1 as introduces_sender
              from (
                select * from message
                where tenant = :tenant and conversation_id = :conversation
                  and seq > :from and seq <= :to
                order by seq %1$s limit :limit) page) m
            left join lateral (
              select * from person
              where m.introduces_sender and tenant = :tenant and id = m.sender_id
              limit 1) s on true
            left join lateral (
              select user_id from participant
              where m.introduces_sender and tenant = :tenant and conversation_id = :conversation
                and user_id = m.sender_id and left_seq is null
              limit 1) p on true
            order by m.seq
            """
                .formatted(forward ? "asc" : "desc"),
            Tuple.class)
        .addEntity("m", Message.class)
        .addEntity("s", PersonCopy.class)
        .addScalar("introduces_sender", Boolean.class)
        .addScalar("sender_present", Boolean.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("conversation", conversationId)
        .setParameter("from", from)
        .setParameter("to", to)
        .setParameter("limit", limit)
        .getResultStream()
        .forEach(row -> {
          Message message = row.get("m", Message.class);
          messages.add(message);
          if (row.get("introduces_sender", Boolean.class)) {
            senders.put(
                message.senderId,
                new Sender(
                    row.get("s", PersonCopy.class), row.get("sender_present", Boolean.class)));
          }
        });
    return new Page(messages, senders);
  }

  private MessageView view(Message message, Sender sender, ReadState state) {
    return message.view(
        sender.person(),
        files.decode(message.attachments),
        state.movedTo(message.seq, 0).statusOf(message.senderId, message.seq));
  }

  private static UUID id(String field, String text) {
    try {
      return Uuids.of(text);
    } catch (IllegalArgumentException _) {
      throw ProblemException.invalid(field, "is not a UUID");
    }
  }
}
