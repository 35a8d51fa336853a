package com.secureapprove.chat.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file as clients see it.
///
/// @param size in bytes
/// @param thumbnailUrl only for images
public record AttachmentView(
    UUID id,
    String filename,
    String contentType,
    long size,
    String downloadUrl,
    @Nullable String thumbnailUrl,
    Instant uploadedAt) {}
