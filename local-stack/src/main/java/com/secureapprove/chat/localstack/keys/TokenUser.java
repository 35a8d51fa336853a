package com.secureapprove.chat.localstack.keys;

import java.util.List;

/// The person or service client on whose behalf a component calls another.
///
/// @param caller `person` or `client`
/// @param id our own id of the person
public record TokenUser(String caller, String id, String name, String email, List<String> roles) {

  public TokenUser {
    roles = List.copyOf(roles);
  }

  /// A person without roles.
  public static TokenUser of(String id, String name, String email) {
    return new TokenUser("person", id, name, email, List.of());
  }

  /// A host application's service client.
  public static TokenUser client(String id, List<String> roles) {
    return new TokenUser("client", "client:" + id, id, "", roles);
  }
}
