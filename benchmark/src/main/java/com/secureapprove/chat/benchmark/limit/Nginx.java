package com.secureapprove.chat.benchmark.limit;

import com.secureapprove.chat.localstack.process.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The limit of B8: nginx, where it is installed, with the files of a directory.
public final class Nginx implements AutoCloseable {
  private static final Optional<Path> PROGRAM =
      Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst();
  private static final int PATIENCE_MILLIS = 10_000;

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Whether nginx is installed.
  public static boolean isInstalled() {
    return PROGRAM.isPresent();
  }

  /// Serves the files of a directory, with `sendfile` and one worker per core.
  ///
  /// @param scratch for its configuration and temporary files
  public static Nginx serve(Path directory, Path scratch) throws IOException, InterruptedException {
    int port = Ports.free(1).getFirst();
    Files.createDirectories(scratch);
    String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    Path configuration = scratch.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off; %s worker_processes auto; pid nginx.pid; error_log stderr crit;
        events { worker_connections 512; }
        http {
          access_log off; sendfile on; tcp_nopush on;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          server { listen 127.0.0.1:%d; root "%s"; }
        }
        """
            .formatted(user, port, directory));
    Process process =
        new ProcessBuilder(
                PROGRAM.orElseThrow().toString(),
                "-p",
                scratch.toString(),
                "-c",
                configuration.toString(),
                "-e",
                "stderr")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitPort(process, port);
    return new Nginx(process, port);
  }

  private static void awaitPort(Process process, int port)
      throws IOException, InterruptedException {
    for (int waited = 0; process.isAlive() && waited < PATIENCE_MILLIS; waited += 50) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException _) {
        Thread.sleep(50);
      }
    }
    process.destroy();
    throw new IOException("nginx did not start");
  }

  /// Its address.
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
