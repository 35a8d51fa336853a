package com.secureapprove.chat.localstack.stack;

/// One instance of a component.
///
/// @param number 1, 2, …
public record Instance(Component component, int number) {

  /// The component's label for the first instance; `message-2` for the second.
  public String name() {
    return number == 1 ? component.label() : component.label() + "-" + number;
  }

  /// Whether a process of this name is an instance of the component.
  static boolean isNameOf(Component component, String name) {
    return name.equals(component.label()) || name.startsWith(component.label() + "-");
  }

  @Override
  public String toString() {
    return name();
  }
}
