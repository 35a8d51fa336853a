package com.secureapprove.chat.notification.outbound;

/// A URL that must not be called. The message continues a sentence that begins with the URL and may
/// be shown to the tenant.
public final class RefusedTarget extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedTarget(String message) {
    super(message, null, false, false);
  }
}
