package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.stack.Part;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A part by its label; `message-service` is as good as `message`.
final class PartConverter implements ITypeConverter<Part> {

  @Override
  public Part convert(String value) {
    return Part.of(value.replace("-service", ""))
        .orElseThrow(() -> new TypeConversionException(unknown(value)));
  }

  static String unknown(String value) {
    return "there is no part %s, but %s"
        .formatted(
            value, Arrays.stream(Part.values()).map(Part::label).collect(Collectors.joining(", ")));
  }
}
