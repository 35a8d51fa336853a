package com.secureapprove.chat.conversation.membership;

import java.util.Locale;

/// What somebody may do in a group. In a 1-to-1 everybody is a member.
public enum Role {
  OWNER,
  ADMIN,
  MEMBER;

  /// Whether it allows to rename the group and to remove others.
  public boolean mayModerate() {
    return this != MEMBER;
  }

  /// The name on the wire, such as `owner`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
