package com.secureapprove.chat.attachment.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Tenants' names as parts of paths.
final class TenantPaths {
  private TenantPaths() {}

  /// A tenant's name as it is where that is sanitized in a path, else in hexadecimal.
  static String sanitized(String tenant) {
    return tenant.matches("[a-z0-9-]{1,64}")
        ? tenant
        : "_" + HexFormat.of().formatHex(tenant.getBytes(StandardCharsets.UTF_8));
  }
}
