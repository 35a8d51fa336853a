package com.secureapprove.chat.systemtests.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operations guide names files, headings and programs that exist.
class OperationsPagesTest {
  private static final Path OPERATIONS = Project.ROOT.resolve("docs/operations");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(#[^)\\s]+)?\\)");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws Exception {
    Set<String> broken = new TreeSet<>();
    for (Path page : pages()) {
      LINK.matcher(Project.text(page))
          .results()
          .forEach(link -> {
            Path target =
                link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
            if (!Files.exists(target)) {
              broken.add(page.getFileName() + ": " + link.group());
            } else if (link.group(2) != null && !headings(target).contains(link.group(2))) {
              broken.add(page.getFileName() + ": " + link.group());
            }
          });
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsInTheIndex() throws Exception {
    String index = Project.text(OPERATIONS.resolve("README.md"));

    assertThat(pages())
        .allSatisfy(page -> {
          String name = page.getFileName().toString();
          assertThat(index).contains(name.equals("README.md") ? "# Operations" : "(" + name + ")");
        });
  }

  @Test
  void nginxAcceptsItsConfiguration(@TempDir Path directory) throws Exception {
    Programs.need("nginx", "-v");
    certificate(directory);
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration,
        "pid "
            + directory.resolve("pid")
            + ";\n"
            + Project.text(OPERATIONS.resolve("nginx.conf"))
                .replace("/etc/ssl/chat", directory.toString()));

    Programs.output("nginx", "-t", "-e", "stderr", "-c", configuration.toString());
  }

  @Test
  void haproxyAcceptsItsConfiguration(@TempDir Path directory) throws Exception {
    Programs.need("haproxy", "-v");
    certificate(directory);
    Path pem = directory.resolve("chat.pem");
    Files.writeString(
        pem,
        Project.text(directory.resolve("tls.crt")) + Project.text(directory.resolve("tls.key")));
    Path configuration = directory.resolve("haproxy.cfg");
    Files.writeString(
        configuration,
        Project.text(OPERATIONS.resolve("haproxy.cfg"))
            .replace("/etc/haproxy/chat.pem", pem.toString()));

    Programs.output("haproxy", "-c", "-f", configuration.toString());
  }

  @Test
  void theExampleForEnvoyForwardsUpgradesAndDoesNotLimitUploads() throws Exception {
    JsonNode envoy = Yaml.documents(Project.text(OPERATIONS.resolve("envoy.yaml"))).getFirst();
    JsonNode http =
        envoy.at("/static_resources/listeners/0/filter_chains/0/filters/0/typed_config");
    assertThat(http.at("/upgrade_configs/0/upgrade_type").asText()).isEqualTo("websocket");
    JsonNode route = http.at("/route_config/virtual_hosts/0/routes/0/route");
    assertThat(route.path("timeout").asText()).isEqualTo("0s");
    assertThat(route.path("cluster").asText())
        .isEqualTo(envoy.at("/static_resources/clusters/0/name").asText());
  }

  @Test
  void scriptsRefuseToRunWithoutArguments() throws Exception {
    for (String script :
        Set.of("secrets.sh", "database.sh", "redis.sh", "backup.sh", "restore.sh")) {
      Path file = Project.ROOT.resolve("k8s").resolve(script);
      assertThat(Files.isExecutable(file)).as(script).isTrue();
      Process process = new ProcessBuilder(file.toString()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(script).isEqualTo(2);
      assertThat(output).contains("k8s/" + script);
    }
  }

  /// Writes `tls.crt` and `tls.key`.
  private static void certificate(Path directory) throws Exception {
    Programs.need("openssl", "version");
    Programs.output(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=chat.example.com",
        "-keyout",
        directory.resolve("tls.key").toString(),
        "-out",
        directory.resolve("tls.crt").toString());
  }

  private static Set<Path> pages() throws Exception {
    try (Stream<Path> files = Files.list(OPERATIONS)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> headings(Path page) {
    return Project.text(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> "#" + line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
