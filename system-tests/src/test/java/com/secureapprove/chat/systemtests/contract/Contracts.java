package com.secureapprove.chat.systemtests.contract;

/// Both documents, for one run of the tests.
public record Contracts(RestContract rest, SocketContract socket) {

  /// As they are in the checkout.
  public static Contracts read() {
    return new Contracts(RestContract.read(), SocketContract.read());
  }

  /// A document of the checkout, as it is written.
  public static String text(String name) {
    return Document.text(name);
  }
}
