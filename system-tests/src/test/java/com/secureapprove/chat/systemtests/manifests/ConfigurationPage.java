package com.secureapprove.chat.systemtests.manifests;

import static java.util.stream.Collectors.joining;

import com.secureapprove.chat.systemtests.manifests.ConfigurationMappings.Mapping;
import com.secureapprove.chat.systemtests.manifests.ConfigurationMappings.Setting;
import com.secureapprove.chat.systemtests.manifests.Project.Component;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes `docs/configuration.md` from the sources: the configuration mappings, the injected
/// properties, and the expressions in configuration files.
///
/// `settings.properties` describes the settings that have no mapping and hence no Javadoc.
final class ConfigurationPage {
  static final String DESCRIPTIONS = "settings.properties";

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(chat\\.[a-z.-]+)(?::([^}]*))?}");
  private static final Pattern INTERFACE = Pattern.compile("interface (\\w+) \\{");
  private static final Pattern INJECTION =
      Pattern.compile(
          "@ConfigProperty\\(\\s*name = \"(chat\\.[a-z.-]+)\"(?:,\\s*defaultValue ="
              + " \"([^\"]*)\")?\\)\\s+(\\w+)");

  private static final String HEADER =
      """
      # Configuration

      All settings of the suite. This page is generated from the code; edit the Javadoc of the mapping instead.
      To generate it again, run `%s`.

      Set a value as an environment variable, or as a property in a file that `QUARKUS_CONFIG_LOCATIONS` names. In keys with
      `<name>`, choose the name, for example `chat.issuers.acme.url`; a file is the better place for these.

      - *Default*: the value without configuration. **required** means that the component does not start without a value;
        with `<name>`, that each name needs one.
      - *Unit*: a **duration** is written as `500ms`, `10s`, `5m` or `8h`; **bytes** as `64K` or `10M`.
      - *Component*: the processes that read the setting. *services* are all services, *all* includes the gateway.
      """;

  /// A row of a table.
  private record Row(
      Setting setting, Set<Component> readBy, Map<Component, String> overridden, String unit) {}

  private final Map<String, Row> mapped = new LinkedHashMap<>();
  private final Map<String, Mapping> mappings = new TreeMap<>();
  private final Map<String, Row> other = new TreeMap<>();
  private final Map<String, Row> ofQuarkus = new LinkedHashMap<>();
  private final Properties descriptions = new Properties();

  private ConfigurationPage() throws Exception {
    try (var text = ConfigurationPage.class.getResourceAsStream(DESCRIPTIONS)) {
      descriptions.load(text);
    }
    for (Map.Entry<String, Set<Component>> module : modules().entrySet()) {
      for (String source : KnownVariables.sources(module.getKey())) {
        ConfigurationMappings.in(source)
            .ifPresent(mapping -> add(mapping, readers(module.getValue(), source)));
      }
    }
    for (Map.Entry<String, Set<Component>> module : modules().entrySet()) {
      for (String source : KnownVariables.sources(module.getKey())) {
        readOther(source, module.getValue());
      }
    }
    readQuarkus();
  }

  static String generate(String command) throws Exception {
    return new ConfigurationPage().render(command);
  }

  /// Settings without a description, and descriptions without a setting.
  static Set<String> undescribed() throws Exception {
    ConfigurationPage page = new ConfigurationPage();
    Set<String> wrong = new TreeSet<>();
    Stream.of(page.mapped, page.other)
        .flatMap(rows -> rows.values().stream())
        .filter(row -> row.setting().description().isEmpty())
        .forEach(row -> wrong.add(row.setting().key() + " has no description"));
    page.descriptions.stringPropertyNames().stream()
        .filter(key -> !key.startsWith("quarkus.") && !page.other.containsKey(key))
        .forEach(key -> wrong.add(key + " is described in " + DESCRIPTIONS + " but not used"));
    return wrong;
  }

  /// The modules with settings, and the components that contain each.
  private static Map<String, Set<Component>> modules() {
    Map<String, Set<Component>> modules = new LinkedHashMap<>();
    Component.withOptional()
        .forEach(component -> modules.put(component.module(), Set.of(component)));
    Set<Component> services = new LinkedHashSet<>(Component.withOptional());
    services.removeIf(component -> !component.keepsData());
    modules.put("platform", Set.copyOf(Component.withOptional()));
    modules.put("service-platform", services);
    modules.keySet().removeIf(module -> !Files.isDirectory(Project.ROOT.resolve(module)));
    return modules;
  }

  /// The components that read a mapping: those whose sources name it. A mapping that other shared
  /// code names is read by all components with its module.
  private static Set<Component> readers(Set<Component> all, String mapping) {
    Matcher declaration = INTERFACE.matcher(mapping);
    if (!declaration.find()) {
      return all;
    }
    Predicate<String> names = Pattern.compile("\\b" + declaration.group(1) + "\\b").asPredicate();
    boolean usedByShared =
        Stream.of("platform", "service-platform")
            .flatMap(module -> KnownVariables.sources(module).stream())
            .filter(source -> !source.equals(mapping))
            .anyMatch(names);
    return usedByShared
        ? all
        : all.stream()
            .filter(
                component -> KnownVariables.sources(component.module()).stream().anyMatch(names))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private void add(Mapping mapping, Set<Component> readBy) {
    mappings.put(mapping.prefix() + " " + mapping.description(), mapping);
    for (Setting setting : mapping.settings()) {
      if (mapped.put(setting.key(), row(setting, readBy, unit(setting.type()))) != null) {
        throw new IllegalStateException(setting.key() + " is defined twice");
      }
    }
  }

  private void readOther(String source, Set<Component> readBy) {
    REFERENCE
        .matcher(source)
        .results()
        .forEach(
            found -> addOther(found.group(1), Optional.ofNullable(found.group(2)), false, readBy));
    INJECTION
        .matcher(source)
        .results()
        .forEach(found ->
            addOther(
                found.group(1),
                Optional.ofNullable(found.group(2)),
                found.group(3).equals("Optional"),
                readBy));
  }

  private void addOther(
      String key, Optional<String> fallback, boolean optional, Set<Component> readBy) {
    if (mapped.containsKey(key)) {
      return;
    }
    Set<Component> components = new TreeSet<>(readBy);
    Row known = other.get(key);
    if (known != null) {
      components.addAll(known.readBy());
    }
    String[] text = descriptions.getProperty(key, "|").split("\\|", 2);
    Optional<String> value =
        fallback.isEmpty() && known != null ? known.setting().fallback() : fallback;
    other.put(
        key,
        row(
            new Setting(key, "String", value, optional, text[1].strip()),
            components,
            text[0].strip()));
  }

  private void readQuarkus() {
    descriptions.stringPropertyNames().stream()
        .filter(key -> key.startsWith("quarkus."))
        .sorted()
        .forEach(key -> {
          String[] text = descriptions.getProperty(key).split("\\|", 3);
          Set<Component> components = new TreeSet<>(Component.withOptional());
          switch (text[1].strip()) {
            case "services" -> components.remove(Component.GATEWAY);
            case "gateway" -> components.retainAll(Set.of(Component.GATEWAY));
            default -> {}
          }
          Setting setting = new Setting(key, "String", common(key), true, text[2].strip());
          ofQuarkus.put(key, row(setting, components, text[0].strip()));
        });
  }

  private static Optional<String> common(String key) {
    return Stream.of("service-platform", "platform")
        .map(module ->
            Project.properties(
                Project.ROOT
                    .resolve(module)
                    .resolve("src/main/resources/META-INF/microprofile-config.properties")))
        .map(defaults -> defaults.getProperty(key))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static Row row(Setting setting, Set<Component> readBy, String unit) {
    Map<Component, String> overridden = new TreeMap<>();
    for (Component component : readBy) {
      String value = component.settings().getProperty(setting.key());
      if (value != null && !value.contains("${")) {
        overridden.put(component, value);
      }
    }
    return new Row(setting, readBy, overridden, unit);
  }

  private String render(String command) {
    StringBuilder page = new StringBuilder(HEADER.formatted(command));
    section(page, "Addresses, secrets and origins", "", other.values());
    for (Mapping mapping : mappings.values()) {
      List<Row> rows = new ArrayList<>();
      mapping.settings().forEach(setting -> rows.add(mapped.get(setting.key())));
      section(page, "`" + mapping.prefix() + "`", mapping.description() + "\n\n", rows);
    }
    section(
        page,
        "Settings of Quarkus",
        "The settings of Quarkus that deployments use most.\n\n",
        ofQuarkus.values());
    return page.toString();
  }

  private static void section(
      StringBuilder page, String title, String introduction, Iterable<Row> rows) {
    page.append("\n## %s\n\n%s".formatted(title, introduction))
        .append("| setting | environment variable | default | unit | component | description |\n")
        .append("|---|---|---|---|---|---|\n");
    for (Row row : rows) {
      page.append(
          "| `%s` | `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  row.setting().key(),
                  variable(row.setting().key()),
                  value(row),
                  row.unit(),
                  components(row.readBy()),
                  row.setting().description().replace("|", "\\|")));
    }
  }

  private static String value(Row row) {
    Set<String> different = new LinkedHashSet<>(row.overridden().values());
    boolean everywhere = row.overridden().keySet().containsAll(row.readBy());
    if (everywhere && different.size() == 1) {
      return "`" + different.iterator().next() + "`";
    }
    if (different.size() > 2) {
      return "different for each component";
    }
    String fallback =
        row.setting()
            .fallback()
            .map(text -> "`" + text + "`")
            .orElse(row.setting().optional() ? "none" : "**required**");
    return Stream.concat(
            Stream.of(fallback),
            row.overridden().entrySet().stream()
                .map(entry -> entry.getKey().module() + " `" + entry.getValue() + "`"))
        .collect(joining("; "));
  }

  private static String components(Set<Component> components) {
    if (components.size() == Component.withOptional().size()) {
      return "all";
    }
    if (components.size() == Component.withOptional().size() - 1
        && !components.contains(Component.GATEWAY)) {
      return "services";
    }
    return components.stream().map(Component::module).collect(joining(", "));
  }

  private static String unit(String type) {
    return switch (type) {
      case "Duration" -> "duration";
      case "MemorySize" -> "bytes";
      case "int", "long" -> "number";
      case "boolean" -> "`true` or `false`";
      case "URI" -> "URL";
      case "Path" -> "path";
      case "String" -> "text";
      default -> type.startsWith("Set<") || type.startsWith("List<") ? "list, by commas" : type;
    };
  }

  private static String variable(String key) {
    return key.replace("<name>", "<NAME>").toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9<>]", "_");
  }
}
