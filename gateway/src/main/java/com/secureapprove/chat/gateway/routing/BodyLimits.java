package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.contracts.MessageLimits;
import com.secureapprove.chat.platform.multipart.UploadLimits;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// How large the bodies of requests may be. The limits of uploads follow from
/// `chat.upload.max-size`.
@Startup
@Singleton
class BodyLimits {
  private static final long MIB = 1L << 20;
  private static final String SERVER_LIMIT = "quarkus.http.limits.max-body-size";

  private final long fileBytes;

  BodyLimits(UploadLimits config, @ConfigProperty(name = SERVER_LIMIT) MemorySize serverLimit) {
    fileBytes = config.maxSize().asLongValue();
    long needed = bytes(Destination.Body.MESSAGE_WITH_FILES);
    if (serverLimit.asLongValue() < needed) {
      throw new IllegalStateException(
          "chat.upload.max-size=%d needs %s of at least %d bytes"
              .formatted(fileBytes, SERVER_LIMIT, needed));
    }
  }

  /// The maximum size of one file.
  long fileBytes() {
    return fileBytes;
  }

  /// The maximum size of a body. Multipart bodies include 1 MiB for a file's form fields, and 2 MiB
  /// for those of a message.
  long bytes(Destination.Body body) {
    return switch (body) {
      case JSON -> MIB;
      case ONE_FILE -> fileBytes + MIB;
      case MESSAGE_WITH_FILES -> MessageLimits.ATTACHMENTS * fileBytes + 2 * MIB;
    };
  }
}
