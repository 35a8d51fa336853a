package com.secureapprove.chat.conversation.groups;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How large groups may be.
@ConfigMapping(prefix = "chat.groups")
interface GroupConfig {

  /// The most people in a group, its creator included.
  @WithDefault("5000")
  int maxParticipants();
}
