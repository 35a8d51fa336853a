package com.secureapprove.chat.presence.directory;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/// Rules for linking a sign-in to a person.
@ConfigMapping(prefix = "chat.directory")
interface DirectoryConfig {

  /// Tenants in which a verified e-mail address may identify a person at the first sign-in.
  Optional<Set<String>> linkByEmail();
}
