package com.secureapprove.chat.platform.query;

import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses queries that say two things of the same, or nothing where a value belongs.
class QueryParameters {

  /// Not `since_id`: clients that have no message yet have always sent it empty.
  private static final Set<String> NEVER_EMPTY = Set.of("archived", "before_id", "cursor", "limit");

  @ServerRequestFilter
  void check(UriInfo uri) {
    uri.getQueryParameters().forEach(QueryParameters::check);
  }

  private static void check(String name, List<String> values) {
    if (values.size() > 1) {
      throw ProblemException.invalid(name, "is there more than once");
    }
    if (NEVER_EMPTY.contains(name) && values.getFirst().isEmpty()) {
      throw ProblemException.invalid(name, "is empty");
    }
  }
}
