package com.secureapprove.chat.attachment.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// S3, or storage that speaks its protocol.
@ConfigMapping(prefix = "chat.attachment.s3")
interface S3Config {

  /// The bucket, which is there already.
  Optional<String> bucket();

  /// What the names of all objects begin with, with its slash.
  @WithDefault("attachments/")
  String prefix();

  /// The address of storage that is not Amazon's.
  Optional<URI> endpoint();

  /// The region of the bucket.
  @WithDefault("us-east-1")
  String region();

  /// Whether the bucket is named in the path instead of the host; most storage that is not Amazon's
  /// wants it.
  @WithDefault("false")
  boolean pathStyle();

  /// The access key. Default: the credentials of the environment, or of the pod's or machine's
  /// role.
  Optional<String> accessKeyId();

  /// The secret key that belongs to `access-key-id`.
  Optional<String> secretAccessKey();

  /// How much of an upload is held in memory before it is sent on; S3 wants at least 5 MiB.
  @WithDefault("5M")
  MemorySize partSize();

  /// How long connecting to the storage may take.
  @WithDefault("1s")
  Duration connectTimeout();

  /// The longest silence of the storage.
  @WithDefault("10s")
  Duration readTimeout();

  /// The longest time of one call with its repeats.
  @WithDefault("30s")
  Duration callTimeout();
}
