package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.contracts.MessageLimits;
import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.authentication.Credential.BearerToken;
import com.secureapprove.chat.gateway.authentication.Credential.SessionCookie;
import com.secureapprove.chat.gateway.authentication.CsrfTokens;
import com.secureapprove.chat.gateway.frames.FrameReader;
import com.secureapprove.chat.gateway.limits.LimitsConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The response of `me/`: the caller and their limits.
///
/// @param csrfToken null for a bearer token, which needs none
/// @param pushPublicKey the `applicationServerKey` of Web Push; null if the installation has none
@RegisterForReflection
record MeView(
    String id,
    String name,
    String email,
    String tenant,
    List<String> roles,
    @Nullable String csrfToken,
    Limits limits,
    @Nullable String pushPublicKey) {

  /// The limits that clients should check before they send anything.
  @RegisterForReflection
  record Limits(
      int contentCharacters,
      int attachmentsPerMessage,
      long attachmentBytes,
      List<String> attachmentTypes,
      int frameBytes,
      int messagesPerMinute,
      int conversationsPerHour,
      int uploadsPerMinute,
      int changesPerMinute) {

    static Limits of(LimitsConfig rates, BodyLimits bodies) {
      return new Limits(
          MessageLimits.CONTENT_CHARACTERS,
          MessageLimits.ATTACHMENTS,
          bodies.fileBytes(),
          MessageLimits.ATTACHMENT_TYPES,
          FrameReader.MAX_BYTES,
          rates.messagesPerMinute(),
          rates.conversationsPerHour(),
          rates.uploadsPerMinute(),
          rates.changesPerMinute());
    }
  }

  static MeView of(
      AuthenticatedCaller caller, CsrfTokens csrf, Limits limits, @Nullable String pushPublicKey) {
    return new MeView(
        caller.person().userId(),
        caller.person().name(),
        caller.person().email(),
        caller.tenant(),
        caller.person().roles().stream().sorted().toList(),
        switch (caller.credential()) {
          case SessionCookie cookie -> csrf.of(cookie.session().id());
          case BearerToken _ -> null;
        },
        limits,
        pushPublicKey);
  }
}
