package com.secureapprove.chat.attachment.scanning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// The malware scanner of uploaded files.
@ConfigMapping(prefix = "chat.scanner")
interface ScannerConfig {
  /// Host and port of clamd (ClamAV), such as `clamd:3310`. Without it, files are not scanned. The
  /// setting `StreamMaxLength` of clamd must be at least `chat.upload.max-size`.
  Optional<String> address();

  /// How long the scan of one file may take. An upload whose scan takes longer is answered with
  /// 503.
  @WithDefault("5s")
  Duration timeout();
}
