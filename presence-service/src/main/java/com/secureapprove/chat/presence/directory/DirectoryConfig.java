package com.secureapprove.chat.presence.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Rules for linking a sign-in to a person.
@ConfigMapping(prefix = "chat.directory")
interface DirectoryConfig {

  /// Tenants in which a verified e-mail address may identify a person at the first sign-in.
  Optional<Set<String>> linkByEmail();

  /// How long an account that an administrator has unlinked cannot be linked again. Longer than an
  /// access token lives, so that a session of a former account does not take the person back.
  @WithDefault("10m")
  Duration unlinkHold();
}
