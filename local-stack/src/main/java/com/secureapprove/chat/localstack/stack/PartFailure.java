package com.secureapprove.chat.localstack.stack;

/// A component failed to start. The cause has the reason.
public final class PartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Part part;

  PartFailure(Part part, Throwable cause) {
    super("%s did not start: %s".formatted(part.label(), cause.getMessage()), cause);
    this.part = part;
  }

  /// The failed component.
  public Part part() {
    return part;
  }
}
