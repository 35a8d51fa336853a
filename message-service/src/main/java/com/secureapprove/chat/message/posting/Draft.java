package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.contracts.MessageBatch.Outcome;
import com.secureapprove.chat.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules that a message must keep before anything is looked up.
final class Draft {
  /// The most Unicode code points that a message's content may have.
  static final int MAX_CONTENT = 5_000;

  private static final int MAX_ATTACHMENTS = 10;
  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,128}");

  private Draft() {}

  /// Why the item can never be stored, if so.
  static Optional<Outcome> refusal(MessageBatch.Item item) {
    String content = item.content();
    if (content.isBlank() && item.attachmentIds().isEmpty()) {
      return invalid("content: must not be empty");
    }
    if (content.codePointCount(0, content.length()) > MAX_CONTENT) {
      return invalid("content: must have at most " + MAX_CONTENT + " characters");
    }
    if (content.indexOf('\0') >= 0 || hasLoneSurrogate(content)) {
      return invalid("content: must not hold NUL or unpaired surrogates");
    }
    if (!KEY.matcher(item.clientMessageId()).matches()) {
      return invalid("client_message_id: must be 1 to 128 printable ASCII characters");
    }
    if (item.attachmentIds().size() > MAX_ATTACHMENTS) {
      return invalid("attachment_ids: must be at most " + MAX_ATTACHMENTS);
    }
    if (!item.attachmentIds().isEmpty()) {
      return invalid("attachment_ids: attachments cannot be sent yet");
    }
    return Optional.empty();
  }

  /// What two sends under one key are compared by.
  static byte[] fingerprint(MessageBatch.Item item) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(item.content().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static Optional<Outcome> invalid(String detail) {
    return Optional.of(Outcome.refused(Problem.INVALID.code(), detail));
  }
}
