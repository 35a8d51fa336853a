package com.secureapprove.chat.attachment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.attachment.store.BlobStore.Key;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

/// The contract of both stores: the directory, and S3 against a real S3 server.
class BlobStoreTest {
  private static final int MIB = 1024 * 1024;
  private static final Key KEY = new Key("acme", "019c-thing");

  @TempDir static Path directory;
  private static S3Server server;
  private static DirectoryBlobStore files;
  private static S3BlobStore objects;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(directory.resolve("s3"));
    files = new DirectoryBlobStore(directory.resolve("files"));
    objects = server.store(server.address(), Duration.ofSeconds(10));
  }

  @AfterAll
  static void stop() throws Exception {
    objects.close();
    server.close();
  }

  static Stream<Arguments> stores() {
    return Stream.of(Arguments.of("directory", files), Arguments.of("S3", objects));
  }

  static Stream<Arguments> storesAndSizes() {
    return stores()
        .flatMap(store ->
            Stream.of(1, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1, 10 * MIB, 13 * MIB)
                .map(size -> Arguments.of(store.get()[0], store.get()[1], size)));
  }

  @ParameterizedTest(name = "{0} {2}", autoCloseArguments = false)
  @MethodSource("storesAndSizes")
  void committedBytesAreReadBack(String name, BlobStore store, int size) throws IOException {
    byte[] bytes = bytes(size);
    keep(store, KEY, bytes);
    assertThat(read(store, KEY, 0, size)).isEqualTo(bytes);
    assertThat(read(store, KEY, 0, Long.MAX_VALUE)).isEqualTo(bytes);
  }

  @Test
  void onlyTheDirectoryHasFiles() throws IOException {
    keep(files, KEY, bytes(3));
    keep(objects, KEY, bytes(3));
    assertThat(files.file(KEY)).hasValueSatisfying(file -> assertThat(file).hasSize(3));
    assertThat(objects.file(KEY)).isEmpty();
    assertThatThrownBy(() -> files.file(new Key("globex", KEY.name())))
        .isInstanceOf(FileNotFoundException.class);
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("stores")
  void aRangeIsRead(String name, BlobStore store) throws IOException {
    keep(store, KEY, "0123456789".getBytes());
    assertThat(read(store, KEY, 3, 4)).asString().isEqualTo("3456");
    assertThat(read(store, KEY, 9, 1)).asString().isEqualTo("9");
    assertThat(read(store, KEY, 8, 100)).asString().isEqualTo("89");
    assertThat(read(store, KEY, 4, 0)).isEmpty();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("stores")
  void uncommittedBytesAreDiscarded(String name, BlobStore store) throws IOException {
    for (int size : new int[] {10, 11 * MIB}) {
      Key key = new Key("acme", "never-" + size);
      try (BlobWriter incoming = store.create(key)) {
        incoming.write(bytes(size));
      }
      assertThatThrownBy(() -> read(store, key, 0, 1)).isInstanceOf(FileNotFoundException.class);
    }
    assertThat(server.unfinishedUploads()).isZero();
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("stores")
  void deletingTwiceIsHarmless(String name, BlobStore store) throws IOException {
    keep(store, KEY, bytes(7));
    store.delete(KEY);
    store.delete(KEY);
    assertThatThrownBy(() -> read(store, KEY, 0, 1)).isInstanceOf(FileNotFoundException.class);
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("stores")
  void tenantsAreSeparateRegardlessOfTheirNames(String name, BlobStore store) throws IOException {
    Map<Key, String> things =
        Map.of(
            new Key("acme", "same"), "acme's",
            new Key("globex", "same"), "globex's",
            new Key("../acme", "same"), "somebody's",
            new Key("Größe & Co/..", "same"), "somebody else's");
    for (Map.Entry<Key, String> thing : things.entrySet()) {
      keep(store, thing.getKey(), thing.getValue().getBytes());
    }
    for (Map.Entry<Key, String> thing : things.entrySet()) {
      assertThat(read(store, thing.getKey(), 0, 100)).asString().isEqualTo(thing.getValue());
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("stores")
  void aProbeSucceedsAndLeavesNothing(String name, BlobStore store) throws IOException {
    store.probe();

    try (Stream<Path> left = Files.walk(directory)) {
      assertThat(left).noneMatch(file -> file.getFileName().toString().contains(".probe-"));
    }
  }

  @Test
  void aProbeFailsWithoutTheBucketAndWithoutADirectoryToWriteTo() throws IOException {
    S3Client client =
        BlobStoreProducer.client(S3Server.settings(server.address(), Duration.ofSeconds(5)));
    try (S3BlobStore wrong = new S3BlobStore(client, "no-such-bucket", "files/", 5 * MIB)) {
      assertThatThrownBy(wrong::probe)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("NoSuchBucket");
    }
    Path gone = directory.resolve("unmounted");
    DirectoryBlobStore unmounted = new DirectoryBlobStore(gone);
    Files.delete(gone);
    assertThatThrownBy(unmounted::probe).isInstanceOf(IOException.class);
  }

  @Test
  @Timeout(20)
  void unresponsiveStorageTimesOut() throws IOException {
    try (ServerSocket silent = new ServerSocket(0);
        S3BlobStore store =
            server.store(
                URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> keep(store, KEY, bytes(3))).isInstanceOf(ProblemException.class);
    }
  }

  private static void keep(BlobStore store, Key key, byte[] bytes) throws IOException {
    try (BlobWriter incoming = store.create(key)) {
      incoming.write(bytes, 0, bytes.length / 3);
      for (int i = bytes.length / 3; i < bytes.length; i += 16_384) {
        incoming.write(bytes, i, Math.min(16_384, bytes.length - i));
      }
      incoming.commit();
    }
  }

  private static byte[] read(BlobStore store, Key key, long offset, long length)
      throws IOException {
    try (InputStream bytes = store.open(key, offset, length)) {
      return bytes.readAllBytes();
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
