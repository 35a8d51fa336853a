package com.secureapprove.chat.localstack.stack;

/// One instance of a component.
///
/// @param number 1, 2, …
public record Instance(Part part, int number) {

  /// The component's label for the first instance; `message-2` for the second.
  public String name() {
    return number == 1 ? part.label() : part.label() + "-" + number;
  }

  /// Whether a process of this name is an instance of the component.
  static boolean isNameOf(Part part, String name) {
    return name.equals(part.label()) || name.startsWith(part.label() + "-");
  }

  @Override
  public String toString() {
    return name();
  }
}
