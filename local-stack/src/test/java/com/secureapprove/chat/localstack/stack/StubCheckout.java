package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.command.Chat;
import com.secureapprove.chat.localstack.process.Launch;
import com.secureapprove.chat.localstack.process.PortHolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A checkout with stub services on free ports, and the real command line for it. PostgreSQL and
/// Redis are real.
public final class StubCheckout implements AutoCloseable {

  private static final List<String> PROGRAMS = List.of("postgres", "redis");

  private final Path root;
  private final StackPorts ports = freePorts();

  /// Creates the checkout in an empty directory.
  public StubCheckout(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root.resolve(".chat"));
    Files.createDirectories(root.resolve(".chat/dist"));
    for (String programs : PROGRAMS) {
      Path unpacked = Files.createDirectories(Checkout.current().distribution().resolve(programs));
      Files.createSymbolicLink(root.resolve(".chat/dist").resolve(programs), unpacked);
    }
    for (Component component : Stream.of(Component.values()).filter(Component::isOwn).toList()) {
      writeJar(root.resolve(component.module()).resolve("target/quarkus-app/quarkus-run.jar"));
    }
  }

  /// Starts `./chat` with these arguments. The process provides the output.
  public Process chat(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Launch.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dchat.project.root=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                Chat.class.getName()));
    command.addAll(List.of(arguments));
    return withPorts(new ProcessBuilder(command)).redirectErrorStream(true).start();
  }

  /// The shell script `chat` of this checkout, which the caller has copied, with these arguments.
  public ProcessBuilder script(String... arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("chat").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = withPorts(new ProcessBuilder(command));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private ProcessBuilder withPorts(ProcessBuilder builder) {
    for (Component component : Component.values()) {
      builder.environment().put(StackPorts.variable(component), "" + ports.of(component));
    }
    return builder;
  }

  /// Writes a jar that starts the real command line with the class path of this test.
  public void writeLauncher() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Chat.class.getName());
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Path jar = root.resolve("local-stack/target/local-stack.jar");
    Files.createDirectories(jar.resolveSibling("lib"));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  /// Copies the Dockerfile and the manifests that name the JVM options and memory limits.
  public void copyImageSettings() throws IOException {
    copy("Dockerfile");
    for (Component component : Component.own()) {
      copy("k8s/base/%s/deployment.yaml".formatted(component.module()));
    }
  }

  private void copy(String file) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.copy(Checkout.current().root().resolve(file), root.resolve(file));
  }

  /// Writes a stub of the native executable of each component.
  public void writeExecutables() throws IOException {
    for (Component component : Component.own()) {
      Path target = root.resolve(component.module()).resolve("target");
      Path executable = target.resolve(component.module() + "-1.0.0-SNAPSHOT-runner");
      Files.writeString(
          executable,
          "#!/bin/sh\nexec '%s' -Dstub-native-executable -jar '%s'\n"
              .formatted(Launch.java(), target.resolve("quarkus-app/quarkus-run.jar")));
      executable.toFile().setExecutable(true);
    }
  }

  /// The port of a component.
  public int port(Component component) {
    return ports.of(component);
  }

  Checkout checkout() {
    return new Checkout(root);
  }

  /// Removes the links to directories that checkouts share.
  @Override
  public void close() throws IOException {
    for (String programs : PROGRAMS) {
      Files.delete(root.resolve(".chat/dist").resolve(programs));
    }
  }

  /// Free ports that the command accepts. It listens for health and metrics 1000 above each port of
  /// a service, so those ports must be free and distinct too.
  private static StackPorts freePorts() {
    while (true) {
      StackPorts free = StackPorts.free();
      Map<Component, Integer> chosen = new EnumMap<>(Component.class);
      for (Component component : Component.values()) {
        chosen.put(component, free.of(component));
      }
      StackPorts ports = StackPorts.of(chosen, 1);
      List<Integer> all = ports.all().toList();
      if (all.stream().distinct().count() == all.size()
          && all.stream().noneMatch(PortHolder::isTaken)) {
        return ports;
      }
    }
  }

  private static void writeJar(Path jar) throws IOException {
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubService.class.getName());
    String name = StubService.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream code = StubService.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      code.transferTo(out);
    }
  }
}
