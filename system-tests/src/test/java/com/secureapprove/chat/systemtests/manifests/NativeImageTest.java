package com.secureapprove.chat.systemtests.manifests;

import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.localstack.Checkout;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A native executable contains only the classes that its build can see. The tests run no native
/// build. Instead, this checks the code for classes that only reflection uses.
class NativeImageTest {
  private static final Path ROOT = Checkout.current().root();
  private static final String OURS = "com.secureapprove.chat.";
  private static final String REGISTER = "io.quarkus.runtime.annotations.RegisterForReflection";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              Stream.of(
                      "contracts",
                      "platform",
                      "service-platform",
                      "gateway",
                      "presence-service",
                      "conversation-service",
                      "message-service",
                      "attachment-service",
                      "notification-service")
                  .map(module -> ROOT.resolve(module).resolve("target/classes"))
                  .toList());

  /// Classes that occur near an ObjectMapper call but are not passed to it.
  private static final Set<String> NOT_REFLECTED = Set.of("Done");

  private static final Set<String> REGISTERED = registered();

  @Test
  void recordsThatOnlyReflectionSeesAreRegistered() {
    Set<String> missing = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      for (JavaCodeUnit unit : each.getCodeUnits()) {
        Set<JavaClass> records = new HashSet<>();
        if (calls(unit, NativeImageTest::readsByReflection)) {
          unit.getReferencedClassObjects().forEach(object -> records.add(object.getRawType()));
        }
        if (calls(unit, NativeImageTest::writesByReflection)) {
          unit.getConstructorCallsFromSelf().forEach(call -> records.add(call.getTargetOwner()));
        }
        records.stream()
            .filter(type -> type.isRecord() && type.getName().startsWith(OURS))
            .filter(type -> !REGISTERED.contains(type.getName()))
            .filter(type -> !NOT_REFLECTED.contains(type.getSimpleName()))
            .filter(type -> !unit.getReturnType().getAllInvolvedRawTypes().contains(type))
            .forEach(type -> missing.add(type.getName() + " in " + unit.getFullName()));
      }
    }
    assertThat(missing).isEmpty();
  }

  /// Quarkus registers the declared parameter and return types of resource methods.
  @Test
  void recordsOfResourcesAreInTheTypesOfTheirMethodsOrRegistered() {
    Set<String> missing = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      JavaClass outer = each.getEnclosingClass().orElse(each);
      if (outer != each && outer.isAnnotatedWith("jakarta.ws.rs.Path") && each.isRecord()) {
        boolean isPrivate =
            each.getModifiers().stream().anyMatch(modifier -> modifier.name().equals("PRIVATE"));
        Set<String> seen =
            outer.getMethods().stream()
                .filter(NativeImageTest::isResourceMethod)
                .flatMap(method ->
                    Stream.concat(
                        method.getReturnType().getAllInvolvedRawTypes().stream(),
                        method.getParameterTypes().stream()
                            .flatMap(type -> type.getAllInvolvedRawTypes().stream())))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        if (!isPrivate && !seen.contains(each.getName()) && !REGISTERED.contains(each.getName())) {
          missing.add(each.getName());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /// Caffeine derives class names from a cache's settings and loads the classes by reflection.
  @Test
  void cachesAreOfAKindThatQuarkusOrWeRegister() throws Exception {
    String known = knownToQuarkus();
    Set<String> missing = new TreeSet<>();
    int caches = 0;
    for (JavaClass each : CLASSES) {
      for (JavaCodeUnit unit : each.getCodeUnits()) {
        for (List<String> settings : builders(unit)) {
          caches++;
          for (String name : classesOf(settings)) {
            if (!known.contains(name) && !REGISTERED.contains(name)) {
              missing.add(name + " in " + unit.getFullName());
            }
          }
        }
      }
    }
    assertThat(caches).isGreaterThan(5);
    assertThat(missing).isEmpty();
  }

  @Test
  void classesThatAreInitialisedAtRunTimeExist() throws IOException {
    Set<String> missing = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT, 8)) {
      for (Path file :
          files
              .filter(path -> path.endsWith("native-image.properties"))
              .filter(path -> path.toString().contains("src/main/resources"))
              .toList()) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
          properties.load(in);
        }
        for (String argument : properties.getProperty("Args").split("\\s+", -1)) {
          String name = argument.replace("--initialize-at-run-time=", "");
          if (name.startsWith(OURS) && !CLASSES.contain(name)) {
            missing.add(name);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean calls(JavaCodeUnit unit, Predicate<JavaAccess<?>> wanted) {
    return unit.getCallsFromSelf().stream().anyMatch(wanted);
  }

  private static boolean readsByReflection(JavaAccess<?> call) {
    String owner = call.getTargetOwner().getName();
    return owner.startsWith("com.fasterxml.jackson.databind.Object")
        || (owner.endsWith("PanacheQuery") && call.getName().equals("project"));
  }

  private static boolean writesByReflection(JavaAccess<?> call) {
    String owner = call.getTargetOwner().getName();
    return (owner.startsWith("com.fasterxml.jackson.databind.Object")
            && call.getName().matches("write.*|valueToTree|convertValue"))
        || (owner.startsWith("jakarta.ws.rs.core.Response")
            && call.getName().matches("entity|ok|accepted"));
  }

  private static boolean isResourceMethod(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(annotation ->
            annotation
                .getRawType()
                .getName()
                .matches("jakarta\\.ws\\.rs\\.(GET|HEAD|POST|PUT|PATCH|DELETE)"));
  }

  private static Set<String> registered() {
    Set<String> registered = new HashSet<>();
    for (JavaClass each : CLASSES) {
      if (!each.isAnnotatedWith(REGISTER)) {
        continue;
      }
      JavaAnnotation<JavaClass> annotation = each.getAnnotationOfType(REGISTER);
      List<String> names = new ArrayList<>();
      annotation
          .get("targets")
          .ifPresent(targets -> {
            for (JavaClass target : (JavaClass[]) targets) {
              names.add(target.getName());
            }
          });
      annotation.get("classNames").ifPresent(all -> names.addAll(List.of((String[]) all)));
      registered.addAll(names.isEmpty() ? List.of(each.getName()) : names);
    }
    return registered;
  }

  /// The settings of each builder that a method or constructor uses, in the order of the source.
  private static List<List<String>> builders(JavaCodeUnit unit) {
    List<List<String>> builders = new ArrayList<>();
    unit.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().getName().equals(Caffeine.class.getName()))
        .sorted(comparingInt(call -> call.getLineNumber() * 2 - (isStart(call.getName()) ? 1 : 0)))
        .forEach(call -> {
          if (isStart(call.getName())) {
            builders.add(new ArrayList<>());
          } else {
            builders.getLast().add(call.getName());
          }
        });
    return builders;
  }

  private static boolean isStart(String method) {
    return method.equals("newBuilder");
  }

  private static List<String> classesOf(List<String> settings) throws ReflectiveOperationException {
    Caffeine<Object, Object> builder = Caffeine.newBuilder();
    for (String setting : settings) {
      switch (setting) {
        case "maximumSize" -> builder.maximumSize(1);
        case "maximumWeight" -> builder.maximumWeight(1).weigher((_, _) -> 1);
        case "expireAfterAccess" -> builder.expireAfterAccess(Duration.ofMinutes(1));
        case "expireAfterWrite" -> builder.expireAfterWrite(Duration.ofMinutes(1));
        case "weigher", "build", "buildAsync" -> {}
        default -> throw new IllegalArgumentException("add " + setting + " to this test");
      }
    }
    Object cache =
        settings.contains("buildAsync") ? builder.buildAsync() : (Cache<?, ?>) builder.build();
    Object local = field(cache, "cache");
    return List.of(local.getClass().getName(), field(local, "nodeFactory").getClass().getName());
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(of);
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  private static String knownToQuarkus() throws IOException {
    try (InputStream in =
        NativeImageTest.class.getResourceAsStream(
            "/io/quarkus/caffeine/runtime/graal/CacheConstructorsFeature.class")) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
