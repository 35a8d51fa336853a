package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.keys.PrivateFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/// The options of a running stack, for later commands.
///
/// @param ready whether all components were up
/// @param without the components that another process runs, and optional ones that do not run
public record StackState(StackPorts ports, Set<Component> without, boolean ready) {

  public StackState {
    without = Set.copyOf(without);
  }

  /// Whether notification-service runs.
  public boolean notifications() {
    return !without.contains(Component.NOTIFICATION);
  }

  /// Stores the options in the home.
  public void save(StackHome home) {
    Properties properties = ports.toProperties();
    properties.setProperty("ready", Boolean.toString(ready));
    properties.setProperty(
        "without", String.join(",", without.stream().map(Component::label).toList()));
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    PrivateFiles.write(home.state(), text.toString());
  }

  /// The stored options of this home's stack.
  public static Optional<StackState> load(StackHome home) {
    if (!Files.exists(home.state())) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(home.state())));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    List<String> without = Arrays.asList(properties.getProperty("without", "").split(","));
    Set<Component> components = EnumSet.allOf(Component.class);
    components.removeIf(component -> !without.contains(component.label()));
    return Optional.of(
        new StackState(
            StackPorts.from(properties),
            components,
            Boolean.parseBoolean(properties.getProperty("ready"))));
  }
}
