package com.secureapprove.chat.notification.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.notification.ChosenNames;
import com.secureapprove.chat.notification.NotificationStores;
import com.secureapprove.chat.notification.outbound.OutboundCalls.Answered;
import com.secureapprove.chat.notification.outbound.OutboundCalls.Unanswered;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The connection goes to an address, but the certificate must be of the name.
@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class TlsTest {
  private static final String PASSWORD = "for-this-test-only";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @Inject OutboundCalls calls;
  @TempDir private Path directory;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    Path keys = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=receiver",
                "-ext",
                "san=dns:tls.chat.test",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    System.setProperty(TRUST_STORE, keys.toString());
    System.setProperty(TRUST_STORE + "Password", PASSWORD);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_STORE + "Password");
  }

  @Test
  void theCertificateIsVerifiedForTheName() {
    ChosenNames.answer("tls.chat.test", "127.0.0.1");
    ChosenNames.answer("other.chat.test", "127.0.0.1");

    assertThat(calls.post(url("tls.chat.test"), Map.of(), new byte[0]))
        .isInstanceOfSatisfying(
            Answered.class, answered -> assertThat(answered.status()).isEqualTo(204));
    assertThat(calls.post(url("other.chat.test"), Map.of(), new byte[0]))
        .isInstanceOf(Unanswered.class);
    assertThat(calls.post(url("127.0.0.1"), Map.of(), new byte[0])).isInstanceOf(Unanswered.class);
  }

  private String url(String host) {
    return "https://" + host + ":" + server.getAddress().getPort() + "/";
  }
}
