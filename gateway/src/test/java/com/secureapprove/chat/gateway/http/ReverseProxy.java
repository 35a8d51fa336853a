package com.secureapprove.chat.gateway.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.secureapprove.chat.localstack.process.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A running reverse proxy in front of the gateway under test.
final class ReverseProxy implements AutoCloseable {
  private static final Path OPERATIONS = Path.of("../docs/operations");

  /// The configurations. The documented ones are the examples of the operations guide, without TLS.
  /// The plain ones have only the lines that name the addresses.
  enum Configuration {
    NGINX_PLAIN("nginx"),
    NGINX_DOCUMENTED("nginx"),
    HAPROXY_PLAIN("haproxy"),
    HAPROXY_DOCUMENTED("haproxy"),
    APACHE_PLAIN("apache2"),
    APACHE_DOCUMENTED("apache2"),
    CADDY_PLAIN("caddy"),
    CADDY_DOCUMENTED("caddy");

    private final String program;

    Configuration(String program) {
      this.program = program;
    }

    boolean isDocumented() {
      return name().endsWith("_DOCUMENTED");
    }

    /// Whether it forwards the upgrade to a WebSocket.
    boolean forwardsUpgrades() {
      return this != NGINX_PLAIN && this != APACHE_PLAIN;
    }
  }

  private final LocalServer server;
  private final int port;

  private ReverseProxy(LocalServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /// Starts the proxy. Skips the test with a message if the program is not installed.
  ///
  /// @param directory for its files
  /// @param gateway the port of the gateway
  /// @param management the port of the gateway's health checks
  static ReverseProxy start(
      Configuration configuration, Path directory, int gateway, int management) throws IOException {
    Path program = program(configuration.program);
    int port = Ports.free(1).getFirst();
    String text =
        switch (configuration) {
          case NGINX_PLAIN ->
              nginx(
                  directory,
                  "events {} http { server { listen 127.0.0.1:%d; location / { proxy_pass http://127.0.0.1:%d; } } }"
                      .formatted(port, gateway));
          case NGINX_DOCUMENTED ->
              nginx(
                  directory,
                  withoutLines(documented("nginx.conf", gateway), "ssl_")
                      .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                      .replace("listen 80;", "listen unix:" + directory.resolve("http") + ";"));
          case HAPROXY_PLAIN ->
              """
              defaults
                  mode http
                  timeout connect 5000
                  timeout client  50000
                  timeout server  50000
              frontend all
                  bind 127.0.0.1:%d
                  default_backend gateway
              backend gateway
                  server gateway 127.0.0.1:%d
              """
                  .formatted(port, gateway);
          case HAPROXY_DOCUMENTED ->
              documented("haproxy.cfg", gateway)
                  .replace("maxconn 60000", "maxconn 100") // needs more file descriptors
                  .replaceAll("bind :443 .*", "bind 127.0.0.1:" + port)
                  .replace("check port 9080", "check port " + management);
          case APACHE_PLAIN ->
              apache(
                  program,
                  directory,
                  port,
                  "ProxyPass / http://127.0.0.1:%d/\n".formatted(gateway));
          case APACHE_DOCUMENTED ->
              apache(
                  program,
                  directory,
                  port,
                  withoutLines(documented("apache.conf", gateway), "SSL")
                      .replace("*:443", "127.0.0.1:" + port));
          case CADDY_PLAIN ->
              caddy("http://localhost:%d\nreverse_proxy 127.0.0.1:%d\n".formatted(port, gateway));
          case CADDY_DOCUMENTED ->
              caddy(
                  documented("Caddyfile", gateway)
                      .replace("chat.example.com {", "http://localhost:" + port + " {"));
        };
    return run(configuration, program, directory, port, text);
  }

  /// Starts nginx with the documented example for one origin.
  ///
  /// @param application the port of the host application
  static ReverseProxy ofOneOrigin(Path directory, int gateway, int application) throws IOException {
    int port = Ports.free(1).getFirst();
    String text =
        withoutLines(documented("nginx-one-origin.conf", gateway), "ssl_")
            .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
            .replace("127.0.0.1:8000", "127.0.0.1:" + application);
    Configuration nginx = Configuration.NGINX_DOCUMENTED;
    return run(nginx, program(nginx.program), directory, port, nginx(directory, text));
  }

  private static ReverseProxy run(
      Configuration configuration, Path program, Path directory, int port, String text)
      throws IOException {
    Path file = directory.resolve("configuration");
    Files.writeString(file, text);
    ProcessBuilder builder =
        new ProcessBuilder(command(configuration, program.toString(), file.toString()));
    for (String variable : List.of("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")) {
      builder.environment().put(variable, directory.toString());
    }
    return new ReverseProxy(LocalServer.start(builder, port, directory.resolve("log")), port);
  }

  private static List<String> command(Configuration configuration, String program, String file) {
    return switch (configuration) {
      case NGINX_PLAIN, NGINX_DOCUMENTED ->
          List.of(program, "-e", "stderr", "-g", "daemon off; user root;", "-c", file);
      case HAPROXY_PLAIN, HAPROXY_DOCUMENTED -> List.of(program, "-db", "-f", file);
      case APACHE_PLAIN, APACHE_DOCUMENTED -> List.of(program, "-D", "FOREGROUND", "-f", file);
      case CADDY_PLAIN, CADDY_DOCUMENTED ->
          List.of(program, "run", "--adapter", "caddyfile", "--config", file);
    };
  }

  private static String documented(String file, int gateway) throws IOException {
    return Files.readString(OPERATIONS.resolve(file))
        .replace("127.0.0.1:8080", "127.0.0.1:" + gateway);
  }

  private static String withoutLines(String text, String start) {
    return text.replaceAll("(?m)^\\s*" + start + ".*\\R", "");
  }

  private static String nginx(Path directory, String text) {
    StringBuilder paths = new StringBuilder("access_log off;\n");
    for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      paths.append("%s_temp_path %s;%n".formatted(kind, directory.resolve(kind)));
    }
    return "pid %s;%n".formatted(directory.resolve("pid"))
        + text.replaceFirst("http \\{", "http {\n" + paths);
  }

  private static String apache(Path program, Path directory, int port, String text) {
    Path modules = program.resolveSibling("../lib/apache2/modules").normalize();
    StringBuilder loaded = new StringBuilder();
    for (String module : List.of("mpm_event", "authz_core", "proxy", "proxy_http")) {
      loaded.append(
          "LoadModule %1$s_module %2$s/mod_%1$s.so%n".formatted(module, modules.toAbsolutePath()));
    }
    return """
    ServerRoot %1$s
    ServerName localhost
    Listen 127.0.0.1:%2$d
    PidFile %1$s/pid
    ErrorLog /dev/stderr
    %3$s
    %4$s
    """
        .formatted(directory, port, loaded, text);
  }

  private static String caddy(String text) {
    return "{\n\tadmin off\n\tauto_https off\n}\n" + text;
  }

  /// System programs are in `/usr/sbin`, which is not in the `PATH` of each person.
  private static Path program(String name) {
    Optional<Path> found =
        Stream.concat(
                Arrays.stream(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
                Stream.of("/usr/sbin"))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.err.printf("SKIPPED: a reverse proxy, because %s is not installed%n", name);
    }
    assumeTrue(found.isPresent(), name + " is not installed");
    return found.orElseThrow();
  }

  /// Its address without a slash at the end.
  String url() {
    return "http://localhost:" + port;
  }

  @Override
  public void close() {
    server.close();
  }
}
