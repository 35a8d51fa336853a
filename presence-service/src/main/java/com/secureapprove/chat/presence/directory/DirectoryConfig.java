package com.secureapprove.chat.presence.directory;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/// How people are found at their first sign-in.
@ConfigMapping(prefix = "chat.directory")
interface DirectoryConfig {

  /// The tenants in which a verified e-mail address is enough to know somebody by.
  Optional<Set<String>> linkByEmail();
}
