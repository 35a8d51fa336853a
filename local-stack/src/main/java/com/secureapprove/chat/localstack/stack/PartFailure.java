package com.secureapprove.chat.localstack.stack;

/// A part that could not be started, and why.
public final class PartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Part part;

  PartFailure(Part part, Throwable cause) {
    super("%s did not start: %s".formatted(part.label(), cause.getMessage()), cause);
    this.part = part;
  }

  /// Which one.
  public Part part() {
    return part;
  }
}
