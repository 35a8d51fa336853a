package com.secureapprove.chat.localstack.stack;

/// A component failed to start. The cause has the reason.
public final class ComponentFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Component component;

  ComponentFailure(Component component, Throwable cause) {
    super("%s did not start: %s".formatted(component.label(), cause.getMessage()), cause);
    this.component = component;
  }

  /// The failed component.
  public Component component() {
    return component;
  }
}
