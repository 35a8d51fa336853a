package com.secureapprove.chat.conversation.membership;

import java.util.Locale;

/// The role of a participant. In a direct conversation both people are members.
public enum Role {
  OWNER,
  ADMIN,
  MEMBER;

  /// Whether the role may rename the group and remove other members.
  public boolean mayModerate() {
    return this != MEMBER;
  }

  /// The wire name, such as `owner`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
