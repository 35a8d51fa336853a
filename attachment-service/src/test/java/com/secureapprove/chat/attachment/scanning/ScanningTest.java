package com.secureapprove.chat.attachment.scanning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ScanningTest.WithScanner.class)
@QuarkusTestResource(BackingStores.class)
class ScanningTest {
  private static final Path CLAMD = Path.of("/usr/sbin/clamd");
  private static final String EICAR =
      "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + "TEST-FILE!$H+H*";

  public static final class WithScanner implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chat.scanner.address",
          "127.0.0.1:" + Ports.free(1).getFirst(),
          "chat.scanner.timeout",
          "1s");
    }
  }

  @Inject MalwareScanner scanner;

  @Test
  void aCleanFileIsStored() throws Exception {
    byte[] picture = Samples.image("png", 600, 400);
    try (StubScanner _ =
        scanner(file -> {
          boolean isWhole = file.equals(new String(picture, StandardCharsets.ISO_8859_1));
          return isWhole ? "stream: OK" : "stream: Changed FOUND";
        })) {
      String id = Calls.uploaded("ann.scan", "a.png", picture);
      byte[] downloaded =
          Calls.of("ann.scan").get(Calls.ATTACHMENTS + id + "/download").asByteArray();
      assertThat(downloaded).isEqualTo(picture);
    }
  }

  @Test
  void anInfectedFileIsRefusedAndDeleted() throws Exception {
    Set<Path> before = kept();
    try (StubScanner _ = scanner(_ -> "stream: Eicar-Signature FOUND")) {
      upload(EICAR).statusCode(415).body("detail", equalTo("The file contains malware"));
    }
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void aFileIsInvisibleUntilItIsFoundClean() throws Exception {
    Set<Path> before = kept();
    CountDownLatch decided = new CountDownLatch(1);
    try (StubScanner scanner =
        scanner(_ -> {
          await().until(() -> decided.getCount() == 0);
          return "stream: OK";
        })) {
      long rows = rows();
      CompletableFuture<ValidatableResponse> upload =
          CompletableFuture.supplyAsync(() -> upload("in quarantine"));
      scanner.awaitFile();
      assertThat(kept()).hasSize(before.size() + 1);
      assertThat(rows()).isEqualTo(rows);
      decided.countDown();
      upload.join().statusCode(201);
      assertThat(rows()).isEqualTo(rows + 1);
    }
  }

  @Test
  void withoutAScannerTheUploadIsRefusedAndCanBeRepeated() throws Exception {
    Set<Path> before = kept();
    upload("text").statusCode(503).header("Retry-After", "10");
    assertThat(kept()).isEqualTo(before);
    try (StubScanner _ = scanner(_ -> "stream: OK")) {
      upload("text").statusCode(201);
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "UNKNOWN COMMAND", "Can't allocate memory. ERROR"})
  void withoutAVerdictTheUploadIsRefused(String answer) throws Exception {
    Set<Path> before = kept();
    try (StubScanner _ = scanner(_ -> answer)) {
      upload("text").statusCode(503).header("Retry-After", "10");
    }
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void aFileBeyondTheLimitOfTheScannerIsTooLarge() throws Exception {
    Set<Path> before = kept();
    try (StubScanner _ = scanner(_ -> "INSTREAM size limit exceeded. ERROR")) {
      upload("text").statusCode(413);
    }
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void aFileOfWhichTheScannerReadsOnlyTheBeginningIsTooLarge() throws Exception {
    try (StubScanner _ = StubScanner.answeringEarly(port(), "INSTREAM size limit exceeded. ERROR");
        CapturedLog log = new CapturedLog()) {
      assertTooLarge();
      assertThat(log.warnings("malware_scanner_limit")).hasSize(1);
    }
  }

  private void assertTooLarge() {
    byte[] large = new byte[20 << 20]; // more than the buffers of a connection hold
    assertThatThrownBy(() -> scanner.requireClean(() -> new ByteArrayInputStream(large)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.TOO_LARGE));
  }

  @Test
  void aFileThatCannotBeReadIsNoFailureOfTheScanner() throws Exception {
    InputStream unreadable =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk failed");
          }
        };
    try (StubScanner _ = scanner(_ -> "stream: OK");
        CapturedLog log = new CapturedLog()) {
      assertThatThrownBy(() -> scanner.requireClean(() -> unreadable))
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("the disk failed");
      assertThat(log.warnings("malware_scanner_unreachable")).isEmpty();
    }
  }

  static boolean hasClamd() {
    return Files.isExecutable(CLAMD);
  }

  /// With the clamd of Debian, and signatures of this test only.
  @Test
  @EnabledIf("hasClamd")
  void clamdFindsEicarAndASignatureOfOurOwn(@TempDir Path directory) throws Exception {
    Path signatures = Files.createDirectory(directory.resolve("signatures"));
    Files.writeString(
        signatures.resolve("test.ndb"),
        "Eicar:0:0:%s\nOwn:0:*:%s\n".formatted(hex(EICAR), hex("a signature of our own")));
    Path configuration = directory.resolve("clamd.conf");
    Files.writeString(
        configuration,
        "Foreground yes\nDatabaseDirectory %s\nTCPAddr 127.0.0.1\nTCPSocket %d\nStreamMaxLength 1M\n"
            .formatted(signatures, port()));
    Process clamd =
        new ProcessBuilder(CLAMD.toString(), "--config-file=" + configuration)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("clamd.log").toFile())
            .start();
    try {
      await().until(ScanningTest::isListening);
      upload("hello").statusCode(201);
      upload(EICAR).statusCode(415);
      upload("with a signature of our own, in the middle").statusCode(415);
      assertTooLarge();
    } finally {
      clamd.destroy();
      clamd.waitFor();
    }
  }

  private static boolean isListening() {
    try (Socket _ = new Socket("127.0.0.1", port())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static ValidatableResponse upload(String text) {
    return Calls.upload("ann.scan", "a.txt", "text/plain", Samples.text(text));
  }

  private static StubScanner scanner(Function<String, @Nullable String> answer) throws IOException {
    return new StubScanner(port(), answer);
  }

  private static int port() {
    String address = ConfigProvider.getConfig().getValue("chat.scanner.address", String.class);
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  private static long rows() throws Exception {
    return Caller.callAs(
        "scan", () -> QuarkusTransaction.requiringNew().call(() -> Attachment.count()));
  }

  private static Set<Path> kept() throws IOException {
    Path directory =
        Path.of(ConfigProvider.getConfig().getValue("chat.attachment.directory", String.class));
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }
}
