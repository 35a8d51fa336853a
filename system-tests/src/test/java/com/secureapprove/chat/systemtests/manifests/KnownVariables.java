package com.secureapprove.chat.systemtests.manifests;

import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The environment variables that a component's code knows, read from its sources: `chat.*`
/// properties that are named in a configuration file, an injection point or a configuration
/// mapping, and the few of Quarkus that deployments set.
///
/// @param known all of them
/// @param needed those without which the component does not start, or talks to its own machine
record KnownVariables(Set<String> known, Set<String> needed) {
  private static final Set<String> OF_QUARKUS =
      Set.of(
          "QUARKUS_HTTP_HOST",
          "QUARKUS_HTTP_PORT",
          "QUARKUS_MANAGEMENT_HOST",
          "QUARKUS_MANAGEMENT_PORT",
          "QUARKUS_CONFIG_LOCATIONS",
          "QUARKUS_INIT_AND_EXIT",
          "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
          "JAVA_TOOL_OPTIONS");

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(chat\\.[a-z.-]+)(:?)");
  private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^(chat\\.[a-z.-]+)=");
  private static final Pattern INJECTION =
      Pattern.compile("@ConfigProperty\\(\\s*name = \"(chat\\.[a-z.-]+)\"([^)]*)\\)\\s+(\\w+)");
  private static final Pattern MAPPING =
      Pattern.compile(
          "@ConfigMapping\\(prefix = \"(chat[a-z0-9.-]*)\"\\)\\s+(?:public )?interface \\w+ \\{");
  private static final Pattern MAPPED = Pattern.compile("^ {2}(\\w[^(]*) (\\w+)\\(\\);$");
  private static final Pattern PLACE = Pattern.compile("chat\\.[a-z]+\\.(url|directory)");

  static KnownVariables of(Component component) {
    Set<String> known = new TreeSet<>();
    Set<String> needed = new TreeSet<>();
    Set<String> given = new TreeSet<>();
    Set<String> optional = new TreeSet<>();
    List<String> modules =
        component.keepsData()
            ? List.of("platform", "service-platform", component.module())
            : List.of("platform", component.module());
    for (String module : modules) {
      sources(module).forEach(source -> read(source, known, needed, given, optional));
    }
    if (!component.keepsData()) {
      known.removeIf(name -> name.startsWith("chat.database.") || name.startsWith("chat.migrat"));
    }
    needed.removeAll(given);
    known.stream()
        .filter(name -> PLACE.matcher(name).matches() && !optional.contains(name))
        .forEach(needed::add);
    Set<String> variables = variables(known);
    variables.addAll(OF_QUARKUS);
    return new KnownVariables(variables, variables(needed));
  }

  private static void read(
      String source,
      Set<String> known,
      Set<String> needed,
      Set<String> given,
      Set<String> optionals) {
    all(REFERENCE, source)
        .forEach(reference -> {
          known.add(reference.group(1));
          if (reference.group(2).isEmpty()) {
            needed.add(reference.group(1));
          }
        });
    all(ASSIGNMENT, source)
        .forEach(assignment -> {
          known.add(assignment.group(1));
          given.add(assignment.group(1));
        });
    all(INJECTION, source)
        .forEach(injection -> {
          known.add(injection.group(1));
          boolean optional =
              injection.group(2).contains("defaultValue")
                  || injection.group(3).startsWith("Optional");
          if (optional) {
            optionals.add(injection.group(1));
          } else {
            needed.add(injection.group(1));
          }
        });
    all(MAPPING, source).forEach(mapping -> readMapping(source, mapping, known, needed));
  }

  private static void readMapping(
      String source, Matcher mapping, Set<String> known, Set<String> needed) {
    boolean hasDefault = false;
    for (String line : source.substring(mapping.end()).lines().toList()) {
      Matcher method = MAPPED.matcher(line);
      if (line.strip().startsWith("@WithDefault")) {
        hasDefault = true;
      } else if (method.matches()) {
        String name = mapping.group(1) + "." + kebab(method.group(2));
        String type = method.group(1);
        if (!type.startsWith("Map")) {
          known.add(name);
          if (!hasDefault && !type.startsWith("Optional")) {
            needed.add(name);
          }
        }
        hasDefault = false;
      }
    }
  }

  private static Stream<Matcher> all(Pattern pattern, String source) {
    Matcher matcher = pattern.matcher(source);
    return Stream.generate(() -> matcher).takeWhile(Matcher::find);
  }

  private static Set<String> variables(Set<String> properties) {
    return properties.stream()
        .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String kebab(String method) {
    return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /// The text of every source and configuration file of a module.
  static List<String> sources(String module) {
    try (Stream<Path> files = Files.walk(Project.ROOT.resolve(module).resolve("src/main"))) {
      return files
          .filter(
              file -> file.toString().endsWith(".java") || file.toString().endsWith(".properties"))
          .map(Project::text)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
