package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.stack.Part;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Parses the label of a component. Accepts `message-service` for `message`.
final class PartConverter implements ITypeConverter<Part> {

  @Override
  public Part convert(String value) {
    return Part.of(value.replace("-service", ""))
        .orElseThrow(() -> new TypeConversionException(unknown(value)));
  }

  static String unknown(String value) {
    return "unknown component %s; the components are %s"
        .formatted(
            value, Arrays.stream(Part.values()).map(Part::label).collect(Collectors.joining(", ")));
  }
}
