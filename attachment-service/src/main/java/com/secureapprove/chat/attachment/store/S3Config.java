package com.secureapprove.chat.attachment.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// S3, or storage with a compatible API.
@ConfigMapping(prefix = "chat.attachment.s3")
interface S3Config {

  /// The bucket, which must exist.
  Optional<String> bucket();

  /// Prefix of all object names, including its slash.
  @WithDefault("attachments/")
  String prefix();

  /// Endpoint of storage other than Amazon S3.
  Optional<URI> endpoint();

  /// The region of the bucket.
  @WithDefault("us-east-1")
  String region();

  /// Whether the bucket is part of the path instead of the host name. Most storage other than
  /// Amazon S3 needs it.
  @WithDefault("false")
  boolean pathStyle();

  /// The access key. Default: the credentials of the environment, or of the pod's or machine's
  /// role.
  Optional<String> accessKeyId();

  /// The secret key that belongs to `access-key-id`.
  Optional<String> secretAccessKey();

  /// Size of one part of a multipart upload, held in memory. S3 requires at least 5 MiB.
  @WithDefault("5M")
  MemorySize partSize();

  /// Timeout of connecting to the storage.
  @WithDefault("1s")
  Duration connectTimeout();

  /// Timeout of waiting for data from the storage.
  @WithDefault("10s")
  Duration readTimeout();

  /// Timeout of one call including its retries.
  @WithDefault("30s")
  Duration callTimeout();
}
