package com.secureapprove.chat.platform.query;

import com.secureapprove.chat.platform.problem.ProblemException;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses repeated query parameters, and empty ones that need a value.
class QueryParameters {

  /// `since_id` may be empty: clients of the original chat send it so without messages.
  private static final Set<String> NEVER_EMPTY = Set.of("archived", "before_id", "cursor", "limit");

  @ServerRequestFilter
  void check(UriInfo uri) {
    uri.getQueryParameters().forEach(QueryParameters::check);
  }

  private static void check(String name, List<String> values) {
    if (values.size() > 1) {
      throw ProblemException.invalid(name, "must not be repeated");
    }
    if (NEVER_EMPTY.contains(name) && values.getFirst().isEmpty()) {
      throw ProblemException.invalid(name, "must not be empty");
    }
  }
}
