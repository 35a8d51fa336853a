package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.AttachmentClaims.ClaimedFile;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.contracts.MessageBatch.Outcome;
import com.secureapprove.chat.contracts.MessageLimits;
import com.secureapprove.chat.platform.hash.Sha256;
import com.secureapprove.chat.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A message that keeps the rules and whose files are claimed: ready to be stored.
///
/// @param fingerprint what two sends under one key are compared by: the content, and each file's
///   name, size and digest
record MessageDraft(MessageBatch.Item item, List<AttachmentView> files, byte[] fingerprint) {
  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,128}");

  /// Why the item can never be stored, if so.
  static Optional<Outcome> refusal(MessageBatch.Item item) {
    String content = item.content();
    if (content.isBlank() && item.attachmentIds().isEmpty()) {
      return invalid("content", "must not be empty");
    }
    if (content.codePointCount(0, content.length()) > MessageLimits.CONTENT_CHARACTERS) {
      return invalid(
          "content", "must have at most " + MessageLimits.CONTENT_CHARACTERS + " characters");
    }
    if (content.indexOf('\0') >= 0 || hasLoneSurrogate(content)) {
      return invalid("content", "must not hold NUL or unpaired surrogates");
    }
    if (!KEY.matcher(item.clientMessageId()).matches()) {
      return invalid("client_message_id", "must be 1 to 128 printable ASCII characters");
    }
    if (item.attachmentIds().size() > MessageLimits.ATTACHMENTS) {
      return invalid("attachment_ids", "must be at most " + MessageLimits.ATTACHMENTS);
    }
    return Optional.empty();
  }

  static MessageDraft of(MessageBatch.Item item, List<ClaimedFile> files) {
    MessageDigest digest = Sha256.digest();
    digest.update(item.content().getBytes(StandardCharsets.UTF_8));
    for (ClaimedFile file : files) {
      String line =
          "\0%s\0%d\0%s"
              .formatted(file.attachment().filename(), file.attachment().size(), file.sha256());
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return new MessageDraft(
        item, files.stream().map(ClaimedFile::attachment).toList(), digest.digest());
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static Optional<Outcome> invalid(String field, String message) {
    return Optional.of(Outcome.refused(Problem.INVALID.code(), field, message));
  }
}
