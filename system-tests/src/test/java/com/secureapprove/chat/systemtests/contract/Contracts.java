package com.secureapprove.chat.systemtests.contract;

/// Both contract documents, for one test run.
public record Contracts(RestContract rest, SocketContract socket) {

  /// Reads both documents from the checkout.
  public static Contracts read() {
    return new Contracts(RestContract.read(), SocketContract.read());
  }

  /// The text of a document in the checkout.
  public static String text(String name) {
    return Document.text(name);
  }
}
