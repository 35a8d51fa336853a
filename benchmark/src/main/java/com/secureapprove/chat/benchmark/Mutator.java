package com.secureapprove.chat.benchmark;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Changes valid input at random places: removes, repeats, flips and inserts bytes, and inserts
/// texts that parsers stumble over.
final class Mutator {
  private static final int MAX_CHANGES = 4;
  private static final int MAX_REPEATED = 2_000;
  private static final List<String> TEXTS =
      List.of(
          "\r\n",
          "\r\n\r\n",
          "\u0000",
          "\u202e",
          "\ufeff",
          "\\ud800",
          "{",
          "[[[[[[[[",
          "}]",
          "\"",
          "null",
          "-1",
          "1e999",
          "99999999999999999999999999",
          "--b\r\n",
          "--b--",
          "Content-Disposition: form-data; name=\"file\"; filename=\"",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Host: other\r\n",
          "Expect: 100-continue\r\n",
          "Upgrade: h2c\r\n",
          "Content-Type: application/xml\r\n",
          "%00",
          "%2e%2e/",
          "../",
          "?a=b&a=c",
          "'--",
          "${jndi:ldap://x}");

  private final RandomGenerator random;

  Mutator(RandomGenerator random) {
    this.random = random;
  }

  /// A changed copy; one of ten is unchanged.
  byte[] mutated(byte[] input) {
    byte[] output = input;
    if (random.nextInt(10) > 0) {
      for (int i = random.nextInt(MAX_CHANGES); i >= 0; i--) {
        output = changedOnce(output);
      }
    }
    return output;
  }

  private byte[] changedOnce(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int end = Math.min(input.length, at + 1 + random.nextInt(20));
    return switch (random.nextInt(6)) {
      case 0 -> joined(input, at, new byte[0], end); // remove
      case 1 -> joined(input, at, Arrays.copyOfRange(input, at, end), at); // repeat
      case 2 -> joined(input, at, bytes(1 + random.nextInt(8)), end); // replace
      case 3 -> joined(input, at, one().getBytes(StandardCharsets.UTF_8), at);
      case 4 -> joined(input, at, repeated(), at);
      default -> Arrays.copyOf(input, at); // cut off
    };
  }

  private static byte[] joined(byte[] input, int before, byte[] between, int after) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    output.write(input, 0, before);
    output.writeBytes(between);
    output.write(input, after, input.length - after);
    return output.toByteArray();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] repeated() {
    return one().repeat(1 + random.nextInt(MAX_REPEATED)).getBytes(StandardCharsets.UTF_8);
  }

  private String one() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
