package com.secureapprove.chat.gateway.eventstream;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.redis.datasource.stream.StreamMessage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Decodes the entries of one stream. An unreadable entry is counted and logged, and keeps its
/// position, so that it does not block the stream.
final class EntryDecoder {
  private static final Logger LOG = Logger.getLogger(EntryDecoder.class);

  private final int shard;
  private final EventCodec codec;
  private final Runnable onUnreadable;

  EntryDecoder(int shard, EventCodec codec, Runnable onUnreadable) {
    this.shard = shard;
    this.codec = codec;
    this.onUnreadable = onUnreadable;
  }

  StreamEntry decode(StreamMessage<String, String, String> message) {
    String payload = message.payload().getOrDefault(EventStreams.FIELD, "");
    return new StreamEntry(
        StreamPosition.of(shard, message.id(), payload),
        event(message.id(), payload),
        payload.length());
  }

  private @Nullable EventEnvelope event(String entryId, String payload) {
    try {
      return codec.decode(payload).orElse(null);
    } catch (IllegalArgumentException _) {
      onUnreadable.run();
      LOG.errorf("event_unreadable stream=%d entry=%s", shard, entryId);
      return null;
    }
  }
}
