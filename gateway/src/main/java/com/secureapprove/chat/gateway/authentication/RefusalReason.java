package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.SessionTokens;
import io.quarkus.oidc.OIDCException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

/// Why a sign-in was refused, for the error page and the log. Contains no claims or tokens.
public enum RefusalReason {
  /// The token has expired, or is not valid yet.
  CLOCK,

  /// The issuer does not have the key that signed the token, or the signature is wrong.
  SIGNATURE,

  /// The answer belongs to another sign-in: wrong nonce or state, or its cookie is missing.
  OTHER_SIGN_IN,

  /// The token is for another recipient, or of another issuer.
  OTHER_RECIPIENT,

  /// The person or the issuer cancelled the sign-in.
  CANCELLED,

  /// The issuer, or the store of sessions, does not respond.
  UNAVAILABLE,

  /// Any other reason.
  OTHER;

  private static final int MAX_CAUSES = 10;

  /// The reason of a failure of the OpenID Connect extension.
  public static RefusalReason of(Throwable failure) {
    if (SessionTokens.isUnavailable(failure) || cause(failure, OIDCException.class).isPresent()) {
      return UNAVAILABLE;
    }
    if (cause(failure, UnresolvableKeyException.class).isPresent()) {
      return SIGNATURE;
    }
    return cause(failure, InvalidJwtException.class).map(RefusalReason::of).orElse(OTHER);
  }

  private static RefusalReason of(InvalidJwtException invalid) {
    if (invalid.hasErrorCode(ErrorCodes.EXPIRED)
        || invalid.hasErrorCode(ErrorCodes.NOT_YET_VALID)
        || invalid.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
      return CLOCK;
    }
    if (invalid.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)
        || invalid.hasErrorCode(ErrorCodes.SIGNATURE_MISSING)) {
      return SIGNATURE;
    }
    if (invalid.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || invalid.hasErrorCode(ErrorCodes.ISSUER_INVALID)) {
      return OTHER_RECIPIENT;
    }
    if (says(invalid, "nonce")) {
      return OTHER_SIGN_IN;
    }
    return says(invalid, "exp=") ? CLOCK : OTHER; // it expires before it was issued
  }

  private static boolean says(InvalidJwtException invalid, String text) {
    return invalid.getErrorDetails().stream()
        .anyMatch(error -> String.valueOf(error.getErrorMessage()).contains(text));
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
