package com.secureapprove.chat.localstack.keys;

import java.util.List;

/// The person on whose behalf a part calls another.
///
/// @param id our own id of the person
public record TokenUser(String id, String name, String email, List<String> roles) {

  public TokenUser {
    roles = List.copyOf(roles);
  }

  /// Somebody without further roles.
  public static TokenUser of(String id, String name, String email) {
    return new TokenUser(id, name, email, List.of());
  }
}
