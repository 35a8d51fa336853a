package com.secureapprove.chat.conversation.groups;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Limits on groups.
@ConfigMapping(prefix = "chat.groups")
interface GroupConfig {

  /// Maximum number of participants in a group, including its creator.
  @WithDefault("5000")
  int maxParticipants();
}
