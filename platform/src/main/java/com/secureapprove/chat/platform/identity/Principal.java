package com.secureapprove.chat.platform.identity;

import java.util.Set;

/// The person, or the service client, in whose name a part calls.
///
/// @param userId as the directory knows the person; `service:` and the client's id for a client
/// @param roles [#SERVICE] and [#PUBLISHER]; others are passed over
public record Principal(String userId, String name, String email, Set<String> roles) {

  /// Not a person, but a host application's service client.
  public static final String SERVICE = "service";

  /// May publish notifications (the role `chat-publisher` of the tenant's issuer).
  public static final String PUBLISHER = "chat-publisher";
}
