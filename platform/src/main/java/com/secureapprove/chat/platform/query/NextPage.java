package com.secureapprove.chat.platform.query;

import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.UriBuilder;

/// The header `Link` of a page to the next one (RFC 8288).
public final class NextPage {
  private NextPage() {}

  /// The link of the relation `next`.
  ///
  /// @param page path and query of the next page, without the origin
  /// @param values of the templates in the path
  public static Link link(UriBuilder page, Object... values) {
    return Link.fromUri(page.build(values)).rel("next").build();
  }
}
