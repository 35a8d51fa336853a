package com.secureapprove.chat.importdjango.old;

import org.jspecify.annotations.Nullable;

/// A row of `authentication_user`.
///
/// @param email trimmed; empty if there is none
/// @param needed whether a conversation of the tenant names the user
/// @param known false for an id that the table does not have
public record OldUser(
    long id, String email, String name, boolean active, boolean needed, boolean known) {

  /// The name that the old chat showed: the name, else first and last name, else the address.
  static String shown(
      @Nullable String name, @Nullable String first, @Nullable String last, String email) {
    String whole = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
    return name != null && !name.isBlank() ? name.strip() : whole.isEmpty() ? email : whole;
  }
}
