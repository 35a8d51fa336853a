package com.secureapprove.chat.gateway.fanout;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// Where somebody stands: at the last entry of a stream that they have got. On the wire it is an
/// `event_id`.
///
/// It names the entry by its place and by what it holds, and says something only as long as that
/// very entry is there. So a stream that was lost and filled again, by whatever clock, is not
/// mistaken for the one before.
///
/// @param mark a checksum of what the entry holds
record StreamPosition(int shard, EntryId entry, String mark) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,15})-(\\d{1,15})\\.([0-9a-f]{8})");

  static StreamPosition of(int shard, String entryId, String payload) {
    CRC32 checksum = new CRC32();
    checksum.update(payload.getBytes(StandardCharsets.UTF_8));
    return new StreamPosition(shard, EntryId.of(entryId), hex((int) checksum.getValue()));
  }

  /// The beginning of an empty stream, which nobody recognises but who has drawn it.
  static StreamPosition beginning(int shard) {
    return new StreamPosition(shard, EntryId.ZERO, hex(ThreadLocalRandom.current().nextInt()));
  }

  private static String hex(int number) {
    return String.format("%08x", number);
  }

  /// What a client has sent us; nothing where it is no position at all.
  static Optional<StreamPosition> parse(String text) {
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

  boolean isBefore(StreamPosition other) {
    return entry.compareTo(other.entry) < 0;
  }

  @Override
  public String toString() {
    return shard + "." + entry + "." + mark;
  }
}
