package com.secureapprove.chat.attachment.store;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Creates the configured store.
class BlobStoreProducer {

  @Produces
  @Singleton
  BlobStore store(StoreConfig config, S3Config s3) throws IOException {
    Optional<Path> directory = config.directory();
    Optional<String> bucket = s3.bucket();
    if (directory.isPresent() == bucket.isPresent()) {
      throw new IllegalStateException(
          "Exactly one of chat.attachment.directory and chat.attachment.s3.bucket must be set");
    }
    return directory.isPresent()
        ? new DirectoryBlobStore(directory.get())
        : new S3BlobStore(
            client(s3),
            bucket.orElseThrow(),
            s3.prefix(),
            Math.toIntExact(s3.partSize().asLongValue()));
  }

  void close(@Disposes BlobStore store) {
    if (store instanceof S3BlobStore objects) {
      objects.close();
    }
  }

  static S3Client client(S3Config config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(config.region()))
            .forcePathStyle(config.pathStyle())
            .credentialsProvider(credentials(config))
            // Not every storage supports the optional checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(config.connectTimeout())
                    .socketTimeout(config.readTimeout()))
            .overrideConfiguration(override ->
                override
                    .apiCallTimeout(config.callTimeout())
                    .apiCallAttemptTimeout(config.callTimeout().dividedBy(2)));
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Config config) {
    return config.accessKeyId().isPresent()
        ? StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                config.accessKeyId().get(), config.secretAccessKey().orElse("")))
        : DefaultCredentialsProvider.builder().build();
  }
}
