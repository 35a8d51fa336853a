package com.secureapprove.chat.gateway.eventstream;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// A resume position: the last stream entry that a client has received. On the wire it is an
/// `event_id`.
///
/// A position is valid only while the stream holds exactly this entry. The checksum detects a
/// stream that was lost and filled again with the same entry IDs.
///
/// @param mark a checksum of the entry's content
public record StreamPosition(int shard, EntryId entry, String mark) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,15})-(\\d{1,15})\\.([0-9a-f]{8})");

  static StreamPosition of(int shard, String entryId, String payload) {
    CRC32 checksum = new CRC32();
    checksum.update(payload.getBytes(StandardCharsets.UTF_8));
    return new StreamPosition(shard, EntryId.of(entryId), hex((int) checksum.getValue()));
  }

  /// The position before the first entry of an empty stream. Its mark is random, so that only the
  /// gateway that created the position accepts it.
  static StreamPosition beginning(int shard) {
    return new StreamPosition(shard, EntryId.ZERO, hex(ThreadLocalRandom.current().nextInt()));
  }

  private static String hex(int number) {
    return HexFormat.of().toHexDigits(number);
  }

  /// Parses the text that a client sent; empty if it is not a position.
  public static Optional<StreamPosition> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new StreamPosition(
                Integer.parseInt(parts.group(1)),
                new EntryId(Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))),
                parts.group(4)))
        : Optional.empty();
  }

  boolean isBeginning() {
    return entry.equals(EntryId.ZERO);
  }

  public boolean isBefore(StreamPosition other) {
    return entry.compareTo(other.entry) < 0;
  }

  @Override
  public String toString() {
    return shard + "." + entry + "." + mark;
  }
}
