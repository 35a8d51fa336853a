package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.contracts.ConversationSummaries.Summary;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.contracts.UnreadConversations;
import com.secureapprove.chat.conversation.listing.ConversationView.ParticipantView;
import com.secureapprove.chat.conversation.membership.Conversation;
import com.secureapprove.chat.conversation.membership.Participant;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Combines the rows of this service with the summaries from message-service.
@Singleton
public class ConversationViews {

  /// @param degraded true if message-service was unavailable; its fields are then null
  /// @param next cursor of the next page; null on the last page
  record Page(List<ConversationView> conversations, boolean degraded, @Nullable ListCursor next) {}

  private final ConversationRows entries;
  private final SummaryLookup summaries;
  private final Caller caller;

  ConversationViews(ConversationRows entries, SummaryLookup summaries, Caller caller) {
    this.entries = entries;
    this.summaries = summaries;
    this.caller = caller;
  }

  /// Returns one conversation of the caller. Call it outside a transaction.
  ///
  /// @throws ProblemException 403 if the caller is not a participant, 404 if the tenant has no such
  ///   conversation
  public ConversationView one(UUID id) {
    Optional<ConversationRow> entry = entries.one(id);
    if (entry.isEmpty()) {
      QuarkusTransaction.requiringNew().run(() -> Participant.require(id, caller.user().userId()));
      throw new ProblemException(Problem.NOT_FOUND, "unknown conversation");
    }
    return views(List.of(entry.get()), summaries.of(List.of(id))).getFirst();
  }

  /// Returns the last view of a group, for a caller after leaving it. It contains no messages.
  public ConversationView left(Conversation group) {
    List<ParticipantView> participants =
        entries.participants(List.of(group.id)).getOrDefault(group.id, List.of());
    return new ConversationView(
        group.id,
        DisplayTitle.of(group.title, participants, group.participantCount),
        group.isGroup,
        group.createdAt,
        group.updatedAt,
        null,
        0L,
        participants,
        group.participantCount,
        false,
        false,
        null,
        group.lastSeq,
        null);
  }

  /// Returns the participants of the conversation among the given people.
  public List<ParticipantView> participants(UUID id, Collection<String> people) {
    return entries.participants(id, people);
  }

  /// Returns a page of the caller's conversations, newest activity first.
  Page page(ArchivedFilter archived, int limit, @Nullable ListCursor after) {
    List<ConversationRow> found = entries.page(archived, limit + 1, after);
    List<ConversationRow> page = found.subList(0, Math.min(limit, found.size()));
    Optional<Map<UUID, Summary>> known =
        summaries.of(page.stream().map(ConversationRow::id).toList());
    ListCursor next =
        found.size() > limit
            ? new ListCursor(page.getLast().lastActivityAt(), page.getLast().id())
            : null;
    return new Page(views(page, known), known.isEmpty(), next);
  }

  /// Returns what the caller has not read, without muted and archived conversations. Considers the
  /// [MessageSummariesClient#MAX_IDS] conversations with the latest activity.
  ///
  /// @param most the number of conversations that are described
  /// @throws ProblemException 503 if message-service is unavailable
  UnreadConversations unread(int most) {
    List<ConversationRow> heard =
        entries.page(ArchivedFilter.FALSE, MessageSummariesClient.MAX_IDS, null).stream()
            .filter(row -> !row.muted())
            .toList();
    Map<UUID, Summary> known =
        summaries
            .of(heard.stream().map(ConversationRow::id).toList())
            .orElseThrow(() ->
                ProblemException.retryAfter(
                    Problem.UNAVAILABLE, "message-service is unavailable", 2));
    List<Summary> unread = known.values().stream().filter(s -> s.unreadCount() > 0).toList();
    Set<UUID> ids = unread.stream().map(Summary::conversationId).collect(Collectors.toSet());
    List<ConversationRow> newest =
        heard.stream().filter(row -> ids.contains(row.id())).limit(most).toList();
    return new UnreadConversations(
        unread.stream().mapToLong(Summary::unreadCount).sum(),
        unread.size(),
        views(newest, Optional.of(known)).stream().map(this::unread).toList());
  }

  private UnreadConversations.Conversation unread(ConversationView view) {
    MessageView last = view.lastMessage();
    MessageView ofOther =
        last == null || last.senderId().equals(caller.user().userId()) ? null : last;
    return new UnreadConversations.Conversation(
        view.id(),
        view.title(),
        view.unreadCount() == null ? 0 : view.unreadCount(),
        ofOther == null ? null : ofOther.senderName(),
        ofOther == null ? null : ofOther.content());
  }

  private List<ConversationView> views(
      List<ConversationRow> page, Optional<Map<UUID, Summary>> summariesIfAny) {
    if (page.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<ParticipantView>> participants =
        entries.participants(page.stream().map(ConversationRow::id).toList());
    return page.stream()
        .map(entry ->
            view(
                entry,
                participants.getOrDefault(entry.id(), List.of()),
                summariesIfAny.map(all -> all.getOrDefault(entry.id(), emptySummary(entry.id())))))
        .sorted(Comparator.comparing(ConversationViews::activity).reversed())
        .toList();
  }

  private ConversationView view(
      ConversationRow entry, List<ParticipantView> participants, Optional<Summary> summary) {
    String me = caller.user().userId();
    List<ParticipantView> others = participants.stream().filter(p -> !p.id().equals(me)).toList();
    MessageView last = summary.map(Summary::lastMessage).orElse(null);
    Instant updatedAt = later(entry.updatedAt(), entry.lastActivityAt());
    long lastSeq = Math.max(entry.lastSeq(), summary.map(Summary::lastSeq).orElse(0L));
    return new ConversationView(
        entry.id(),
        DisplayTitle.of(entry.title(), others, entry.participantCount() - 1),
        entry.isGroup(),
        entry.createdAt(),
        last == null ? updatedAt : later(updatedAt, last.createdAt()),
        last,
        summary.map(Summary::unreadCount).orElse(null),
        participants,
        entry.participantCount(),
        entry.archived(lastSeq),
        entry.muted(),
        entry.myRole(),
        lastSeq,
        summary.map(Summary::lastReadSeq).orElse(null));
  }

  /// message-service may not have received a new conversation yet. The conversation then counts as
  /// empty.
  private static Summary emptySummary(UUID id) {
    return new Summary(id, null, 0, 0, null);
  }

  private static Instant activity(ConversationView view) {
    MessageView last = view.lastMessage();
    return last == null ? view.updatedAt() : last.createdAt();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
