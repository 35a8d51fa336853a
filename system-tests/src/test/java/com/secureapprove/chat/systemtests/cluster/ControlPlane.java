package com.secureapprove.chat.systemtests.cluster;

import com.secureapprove.chat.localstack.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/// etcd, API server, controller manager and scheduler as processes on loopback, with all default
/// admission plug-ins and RBAC. [Nodes] stands in for the nodes.
final class ControlPlane implements AutoCloseable {

  private static final String ADMINISTRATOR = "administrator";

  private final Path bin;
  private final Path home;
  private final List<Process> processes = new CopyOnWriteArrayList<>();
  private final Shell shell;
  private final List<Integer> ports;
  private final Nodes nodes;

  /// @param bin the directory of the programs, see `k8s/tools`
  /// @param home an empty directory for data and logs
  static ControlPlane start(Path bin, Path home) throws Exception {
    ControlPlane plane = new ControlPlane(bin, home, Ports.free(4));
    Runtime.getRuntime().addShutdownHook(new Thread(plane::close));
    plane.start();
    return plane;
  }

  private ControlPlane(Path bin, Path home, List<Integer> ports) {
    this.bin = bin;
    this.home = home;
    this.ports = ports;
    this.nodes = new Nodes(URI.create("http://127.0.0.1:" + ports.get(3)));
    this.shell =
        new Shell(
            home,
            Map.of(
                "KUBECONFIG",
                home.resolve("kubeconfig").toString(),
                "PATH",
                home.resolve("stubs") + ":" + bin + ":" + System.getenv("PATH")));
  }

  private void start() throws Exception {
    writeKeys();
    writeConfiguration(ports.get(2));
    startEtcd(ports.get(0), ports.get(1));
    startApiServer(ports.get(0), ports.get(2));
    Awaitility.await("the API server is ready")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> shell.run("kubectl", "get", "--raw", "/readyz").exit() == 0);
    startControllers();
    run("kubectl", "proxy", "--port=" + ports.get(3));
    Awaitility.await("the proxy of kubectl is ready")
        .atMost(Duration.ofSeconds(30))
        .until(nodes::canReachTheServer);
    nodes.start();
  }

  /// A shell in a directory, with kubectl, helm and the credentials of the administrator.
  Shell shell(Path directory) {
    return new Shell(directory, shell.environment());
  }

  /// Where stubs of programs may be placed, first in the path of each shell.
  Path stubs() throws IOException {
    return Files.createDirectories(home.resolve("stubs"));
  }

  private void startEtcd(int port, int peerPort) throws IOException {
    String client = "http://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + peerPort;
    run(
        "server", // the name that Go gives to the program of etcd
        "--name=one",
        "--data-dir=" + home.resolve("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=one=" + peer,
        "--unsafe-no-fsync",
        "--log-level=error");
  }

  private void startApiServer(int etcdPort, int port) throws IOException {
    run(
        "kube-apiserver",
        "--etcd-servers=http://127.0.0.1:" + etcdPort,
        "--bind-address=127.0.0.1",
        "--endpoint-reconciler-type=none", // it refuses loopback
        "--secure-port=" + port,
        "--cert-dir=" + home.resolve("certificates"),
        "--token-auth-file=" + home.resolve("tokens.csv"),
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + home.resolve("accounts.pub"),
        "--service-account-signing-key-file=" + home.resolve("accounts.key"));
  }

  private void startControllers() throws IOException {
    run(
        "kube-controller-manager",
        "--kubeconfig=" + home.resolve("kubeconfig"),
        "--service-account-private-key-file=" + home.resolve("accounts.key"),
        // Nodes have no kubelet that reports.
        "--controllers=*,-node-lifecycle-controller",
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=200",
        "--kube-api-burst=400");
    run(
        "kube-scheduler",
        "--kubeconfig=" + home.resolve("kubeconfig"),
        "--leader-elect=false",
        "--secure-port=0");
  }

  private void run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(bin.resolve(program).toString()));
    Collections.addAll(command, arguments);
    Path log = home.resolve(program + ".log");
    processes.addFirst(shell.start(command, log.toFile(), log.toFile()));
  }

  private void writeKeys() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    write("accounts.key", "PRIVATE KEY", keys.getPrivate().getEncoded());
    write("accounts.pub", "PUBLIC KEY", keys.getPublic().getEncoded());
    Files.writeString(
        home.resolve("tokens.csv"),
        "%s,%s,%s,\"system:masters\"%n".formatted(ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR));
  }

  private void write(String file, String type, byte[] key) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    Files.writeString(
        home.resolve(file),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, text, type));
  }

  private void writeConfiguration(int port) throws IOException {
    Files.writeString(
        home.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
          - name: test
            cluster: { server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true }
        users:
          - name: test
            user: { token: %s }
        contexts:
          - name: test
            context: { cluster: test, user: test }
        """
            .formatted(port, ADMINISTRATOR));
  }

  @Override
  public void close() {
    nodes.close();
    processes.forEach(Process::destroy);
    processes.forEach(process -> process.onExit().join());
  }
}
