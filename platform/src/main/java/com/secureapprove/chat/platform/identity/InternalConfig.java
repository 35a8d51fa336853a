package com.secureapprove.chat.platform.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/// The keys of internal calls.
@ConfigMapping(prefix = "chat.internal")
interface InternalConfig {

  /// The name of this part, such as `message`.
  String part();

  /// This part's private key: one JWK (P-256) with a `kid`.
  Path keyFile();

  /// The public keys of all parts: a JSON object from part to JWK set. Two keys of a part are valid
  /// together while it rotates.
  Path trustFile();

  /// Whether this part's endpoints accept internal tokens; not at the edge.
  @WithDefault("true")
  boolean accept();

  /// Whether the trust file may contain the key of the local stack, which may write the directory
  /// of every tenant. Only for demonstrations and tests.
  @WithDefault("false")
  boolean demoKeys();

  /// How long a token is valid; at most a minute.
  @WithDefault("60s")
  Duration lifetime();
}
