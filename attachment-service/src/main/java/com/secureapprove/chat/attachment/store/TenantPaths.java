package com.secureapprove.chat.attachment.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Converts tenant names to path segments.
final class TenantPaths {
  private TenantPaths() {}

  /// Returns the name if it is safe in a path, else its hexadecimal encoding.
  static String sanitized(String tenant) {
    return tenant.matches("[a-z0-9-]{1,64}")
        ? tenant
        : "_" + HexFormat.of().formatHex(tenant.getBytes(StandardCharsets.UTF_8));
  }
}
