package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.frames.FrameReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts a message together from its frames, and stops where it grows too big.
final class IncomingText {
  private final Consumer<String> onText;
  private final Consumer<CloseCause> onViolation;
  private @Nullable Buffer begun;

  IncomingText(Consumer<String> onText, Consumer<CloseCause> onViolation) {
    this.onText = onText;
    this.onViolation = onViolation;
  }

  void frame(WebSocketFrame frame) {
    if (frame.isBinary()) {
      onViolation.accept(CloseCause.NOT_TEXT);
    } else if (frame.isText() && frame.isFinal()) {
      onText.accept(frame.textData());
    } else if (frame.isText() || frame.isContinuation()) {
      fragment(frame);
    }
  }

  private void fragment(WebSocketFrame frame) {
    Buffer all = begun == null ? Buffer.buffer() : begun;
    all.appendBuffer(frame.binaryData());
    if (all.length() > FrameReader.MAX_BYTES) {
      begun = null;
      onViolation.accept(CloseCause.FRAME_TOO_BIG);
    } else if (frame.isFinal()) {
      begun = null;
      onText.accept(all.toString());
    } else {
      begun = all;
    }
  }
}
