package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.contracts.People;
import org.jspecify.annotations.Nullable;

/// The data of a person from an administrator or an identity provider, validated and trimmed.
///
/// @param externalId null if the provider sends none
public record Profile(
    @Nullable String externalId, String userName, Names names, String email, boolean active) {
  public Profile {
    externalId = ProfileText.optional("externalId", externalId);
    userName = ProfileText.present("userName", userName);
    email = email == null ? "" : ProfileText.checked("email", email);
  }

  static Profile of(People.Entry entry) {
    return new Profile(
        entry.externalId(),
        entry.userName(),
        Names.of(entry.name()),
        entry.email(),
        entry.active());
  }

  /// Returns the name that others see.
  String name() {
    return names.shown(userName);
  }
}
