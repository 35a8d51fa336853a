package com.secureapprove.chat.gateway.upstream;

import com.secureapprove.chat.platform.problem.Dependencies;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.TokenRefusal;
import io.vertx.core.http.HttpClientResponse;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Recognises upstreams that refuse the gateway's internal token, because of a clock or a key. The
/// caller's own credentials are good, so the caller gets 503. Logs each change. Thread-safe.
@Singleton
public class TokenRefusals {
  private final Dependencies dependencies;

  TokenRefusals(Dependencies dependencies) {
    this.dependencies = dependencies;
  }

  /// Whether a response refuses the internal token of its request.
  public boolean isTokenRefused(Upstream upstream, HttpClientResponse response) {
    return isTokenRefused(upstream, response.statusCode(), response.getHeader("WWW-Authenticate"));
  }

  /// Like [#isTokenRefused(Upstream, HttpClientResponse)], for a response that is forwarded.
  ///
  /// @param challenge the header `WWW-Authenticate`, null if the response has none
  public boolean isTokenRefused(Upstream upstream, int status, @Nullable String challenge) {
    String dependency = upstream + "-service";
    if (status == Problem.UNAUTHENTICATED.status()) {
      dependencies.failed(dependency, TokenRefusal.reasonIn(challenge));
      return true;
    }
    dependencies.answered(dependency);
    return false;
  }
}
