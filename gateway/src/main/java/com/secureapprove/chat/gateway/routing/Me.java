package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.authentication.Caller;
import com.secureapprove.chat.gateway.authentication.Caller.BearerToken;
import com.secureapprove.chat.gateway.authentication.Caller.SessionCookie;
import com.secureapprove.chat.gateway.authentication.CsrfTokens;
import com.secureapprove.chat.gateway.limits.LimitsConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is signed in, as `me/` answers it.
///
/// @param csrfToken null where a bearer token vouches, which needs none
@RegisterForReflection
record Me(
    String id,
    String name,
    String email,
    String tenant,
    List<String> roles,
    @Nullable String csrfToken,
    Limits limits) {

  /// What clients should not even try to exceed.
  @RegisterForReflection
  record Limits(
      int contentCharacters,
      int attachmentsPerMessage,
      long attachmentBytes,
      int frameBytes,
      int messagesPerMinute,
      int conversationsPerHour,
      int uploadsPerMinute) {
    static Limits of(LimitsConfig config) {
      return new Limits(
          5_000,
          10,
          10L << 20,
          64 << 10,
          config.messagesPerMinute(),
          config.conversationsPerHour(),
          config.uploadsPerMinute());
    }
  }

  static Me of(Caller caller, CsrfTokens csrf, LimitsConfig limits) {
    return new Me(
        caller.person().userId(),
        caller.person().name(),
        caller.person().email(),
        caller.tenant(),
        caller.person().roles().stream().sorted().toList(),
        switch (caller.credential()) {
          case SessionCookie cookie -> csrf.of(cookie.session().id());
          case BearerToken _ -> null;
        },
        Limits.of(limits));
  }
}
