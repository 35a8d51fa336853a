package com.secureapprove.chat.testsupport.websocket;

import java.util.Optional;
import okhttp3.Headers;

/// The server answered the upgrade request with another status than 101.
public final class UpgradeRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Headers headers;

  UpgradeRefused(int status, Headers headers) {
    super("upgrade refused with status " + status);
    this.status = status;
    this.headers = headers;
  }

  public int status() {
    return status;
  }

  /// A header of the response.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
