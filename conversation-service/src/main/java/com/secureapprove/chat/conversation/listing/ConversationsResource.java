package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.contracts.ConversationSummaries.Summary;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.query.NextPage;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The endpoints that read the caller's conversations.
@Path("/api/chat/conversations")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class ConversationsResource {
  private static final int MAX_LIMIT = 200;
  private static final int MAX_WITHOUT_LIMIT = 1_000;
  private static final String DEGRADED = "Chat-Degraded";

  /// Unread totals of the caller, without muted conversations.
  ///
  /// @param total number of unread messages
  /// @param conversations number of conversations with unread messages
  record Unread(long total, long conversations) {}

  private final ConversationViews views;
  private final ConversationRows entries;
  private final SummaryLookup summaries;

  ConversationsResource(
      ConversationViews views, ConversationRows entries, SummaryLookup summaries) {
    this.views = views;
    this.entries = entries;
    this.summaries = summaries;
  }

  /// Lists the caller's conversations, newest activity first.
  @GET
  public RestResponse<List<ConversationView>> list(
      @QueryParam("archived") @DefaultValue("false") String archived,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    if (limit != null && (limit < 1 || limit > MAX_LIMIT)) {
      throw ProblemException.invalid("limit", "must be from 1 to " + MAX_LIMIT);
    }
    ArchivedFilter filter = ArchivedFilter.of(archived);
    ListCursor after = cursor == null ? null : ListCursor.of(cursor);
    ConversationViews.Page page =
        views.page(filter, limit == null ? MAX_WITHOUT_LIMIT : limit, after);
    RestResponse.ResponseBuilder<List<ConversationView>> answer =
        RestResponse.ResponseBuilder.ok(page.conversations())
            .header(HttpHeaders.CACHE_CONTROL, "private, no-store");
    ListCursor next = page.next();
    if (limit != null && next != null) {
      answer.links(
          NextPage.link(
              UriBuilder.fromPath("/api/chat/conversations/")
                  .queryParam("archived", filter.name().toLowerCase(Locale.ROOT))
                  .queryParam("limit", limit)
                  .queryParam("cursor", next.encoded())));
    }
    if (page.degraded()) {
      answer.header(DEGRADED, "messages");
    }
    return answer.build();
  }

  /// Counts the unread messages of the caller, without muted conversations.
  @GET
  @Path("/unread")
  public RestResponse<Unread> unread() {
    List<UUID> ids = entries.unmuted();
    long total = 0;
    long conversations = 0;
    for (int from = 0; from < ids.size(); from += MessageSummariesClient.MAX_IDS) {
      List<UUID> batch =
          ids.subList(from, Math.min(from + MessageSummariesClient.MAX_IDS, ids.size()));
      var known = summaries.of(batch);
      if (known.isEmpty()) {
        throw ProblemException.retryAfter(Problem.UNAVAILABLE, "message-service is unavailable", 2);
      }
      for (Summary summary : known.get().values()) {
        total += summary.unreadCount();
        conversations += summary.unreadCount() > 0 ? 1 : 0;
      }
    }
    return RestResponse.ResponseBuilder.ok(new Unread(total, conversations))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .build();
  }

  /// Returns one conversation. The caller must be a participant.
  @GET
  @Path("/{id}")
  public RestResponse<ConversationView> one(@PathParam("id") UUID id) {
    ConversationView view = views.one(id);
    RestResponse.ResponseBuilder<ConversationView> answer =
        RestResponse.ResponseBuilder.ok(view)
            .header(HttpHeaders.CACHE_CONTROL, "private, no-store");
    if (view.unreadCount() == null) {
      answer.header(DEGRADED, "messages");
    }
    return answer.build();
  }
}
