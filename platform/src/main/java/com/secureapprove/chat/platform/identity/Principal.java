package com.secureapprove.chat.platform.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The person or the service client in whose name a component calls.
///
/// @param userId the person's id in the directory; `client:` with issuer and subject for a client
/// @param roles all roles of the caller's issuer at the gateway; behind it only [#INTERNAL_ROLES]
public record Principal(Kind kind, String userId, String name, String email, Set<String> roles) {

  /// What a caller is. The name in an internal token is in lower case.
  public enum Kind {
    /// A person of the directory.
    PERSON,
    /// A host application's service client. It is not in the directory.
    CLIENT;

    static Optional<Kind> ofWireName(String name) {
      return Arrays.stream(values()).filter(kind -> kind.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// May publish notifications (the role `chat-publisher` of the tenant's issuer).
  public static final String PUBLISHER = "chat-publisher";

  /// The issuer roles that a service uses. No other role is put into an internal token, so an
  /// issuer cannot make tokens grow or give a role a meaning that it does not have.
  static final Set<String> INTERNAL_ROLES = Set.of(PUBLISHER);
}
