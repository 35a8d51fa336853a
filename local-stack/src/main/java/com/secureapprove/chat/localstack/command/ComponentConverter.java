package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.stack.Component;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Parses the label of a component. Accepts `message-service` for `message`.
final class ComponentConverter implements ITypeConverter<Component> {

  @Override
  public Component convert(String value) {
    return Component.of(value.replace("-service", ""))
        .orElseThrow(() -> new TypeConversionException(unknown(value)));
  }

  static String unknown(String value) {
    return "unknown component %s; the components are %s"
        .formatted(
            value,
            Arrays.stream(Component.values())
                .map(Component::label)
                .collect(Collectors.joining(", ")));
  }
}
