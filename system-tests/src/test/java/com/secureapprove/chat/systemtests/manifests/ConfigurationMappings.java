package com.secureapprove.chat.systemtests.manifests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `@ConfigMapping` interfaces from their source text: keys, types, defaults and
/// descriptions.
///
/// Source text has what a class file lacks: the Javadoc.
final class ConfigurationMappings {
  private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"");
  private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"([^\"]*)\"\\)");
  private static final Pattern NAME = Pattern.compile("@WithName\\(\"([^\"]+)\"\\)");
  private static final Pattern INTERFACE = Pattern.compile("(?:public )?interface (\\w+) \\{");
  private static final Pattern METHOD = Pattern.compile("(\\w[\\w.<>, ]*?) (\\w+)\\(\\);");
  private static final Pattern MAP = Pattern.compile("Map<String, (\\w+)>");
  private static final Pattern OPTIONAL = Pattern.compile("Optional(?:<(.+)>|Int|Long)");

  /// One setting.
  ///
  /// @param key such as `chat.limits.messages-per-minute`; a part in `<>` stands for a chosen name
  /// @param type the Java type, without `Optional`
  /// @param fallback the value of `@WithDefault`
  record Setting(
      String key, String type, Optional<String> fallback, boolean optional, String description) {}

  /// One mapping with its settings.
  record Mapping(String prefix, String description, List<Setting> settings) {}

  private record Method(String type, String name, String annotations, String description) {}

  private record Declared(
      String annotations, String description, List<Method> methods, boolean nested) {}

  private final Map<String, Declared> interfaces = new HashMap<>();

  private ConfigurationMappings() {}

  /// The mapping in a source file, if it has one.
  static Optional<Mapping> in(String source) {
    if (!PREFIX.matcher(source).find()) {
      return Optional.empty();
    }
    ConfigurationMappings reader = new ConfigurationMappings();
    reader.read(source);
    return reader.mapping();
  }

  private void read(String source) {
    List<String> open = new ArrayList<>();
    List<String> description = new ArrayList<>();
    StringBuilder annotations = new StringBuilder();
    for (String line : source.lines().map(String::strip).toList()) {
      Matcher declaration = INTERFACE.matcher(line);
      Matcher method = METHOD.matcher(line);
      if (line.startsWith("///")) {
        description.add(line.substring(3).strip());
        continue;
      }
      if (line.startsWith("@")) {
        annotations.append(line).append(' ');
        continue;
      }
      if (declaration.matches()) {
        interfaces.put(
            declaration.group(1),
            new Declared(
                annotations.toString(), plain(description), new ArrayList<>(), !open.isEmpty()));
        open.add(declaration.group(1));
      } else if (method.matches() && !open.isEmpty()) {
        interfaces
            .get(open.getLast())
            .methods()
            .add(
                new Method(
                    method.group(1), method.group(2), annotations.toString(), plain(description)));
      } else if (line.equals("}") && !open.isEmpty()) {
        open.removeLast();
      }
      description.clear();
      annotations.setLength(0);
    }
  }

  private Optional<Mapping> mapping() {
    for (Declared declared : interfaces.values()) {
      Matcher prefix = PREFIX.matcher(declared.annotations());
      if (!declared.nested() && prefix.find()) {
        List<Setting> settings = new ArrayList<>();
        collect(prefix.group(1), declared, settings);
        return Optional.of(new Mapping(prefix.group(1), declared.description(), settings));
      }
    }
    return Optional.empty();
  }

  private void collect(String prefix, Declared declared, List<Setting> into) {
    for (Method method : declared.methods()) {
      Matcher name = NAME.matcher(method.annotations());
      String key =
          method.annotations().contains("@WithParentName")
              ? prefix
              : prefix + "." + (name.find() ? name.group(1) : kebab(method.name()));
      Matcher optional = OPTIONAL.matcher(method.type());
      boolean isOptional = optional.matches();
      String type =
          !isOptional ? method.type() : optional.group(1) == null ? "int" : optional.group(1);
      Matcher map = MAP.matcher(type);
      if (map.matches()) {
        key += ".<name>";
        type = map.group(1);
      }
      Declared group = interfaces.get(type);
      if (group != null) {
        collect(key, group, into);
        continue;
      }
      Matcher fallback = DEFAULT.matcher(method.annotations());
      into.add(
          new Setting(
              key,
              type,
              fallback.find() ? Optional.of(fallback.group(1)) : Optional.empty(),
              isOptional,
              method.description()));
    }
  }

  /// One line; links to classes become code.
  private static String plain(List<String> lines) {
    return String.join(" ", lines)
        .replaceAll("\\s+", " ")
        .replaceAll("\\[(\\w[\\w.#]*)](?!\\()", "`$1`")
        .strip();
  }

  private static String kebab(String method) {
    return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
