package com.secureapprove.chat.attachment.store;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import software.amazon.awssdk.services.s3.S3Client;

/// An S3 server with one bucket on a free local port. It requires signed requests.
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "chat-files";
  public static final String ACCESS_KEY = "chat";
  public static final String SECRET_KEY = "a-secret-for-tests";

  private final S3Proxy proxy;
  private final BlobStoreContext context;

  private S3Server(S3Proxy proxy, BlobStoreContext context) {
    this.proxy = proxy;
    this.context = context;
  }

  /// @param directory where the objects are stored
  public static S3Server start(Path directory) throws Exception {
    Properties properties = new Properties();
    properties.setProperty(
        "jclouds.filesystem.basedir", Files.createDirectories(directory).toString());
    BlobStoreContext context =
        ContextBuilder.newBuilder("filesystem-nio2")
            .credentials("unused", "unused")
            .overrides(properties)
            .build(BlobStoreContext.class);
    context.getBlobStore().createContainerInLocation(null, BUCKET);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    proxy.start();
    return new S3Server(proxy, context);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  S3BlobStore store(URI endpoint, Duration patience) {
    S3Client client = BlobStoreProducer.client(settings(endpoint, patience));
    return new S3BlobStore(client, BUCKET, "files/", 5 << 20);
  }

  int unfinishedUploads() {
    try (S3Client client = BlobStoreProducer.client(settings(address(), Duration.ofSeconds(10)))) {
      return client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads().size();
    }
  }

  static S3Config settings(URI endpoint, Duration patience) {
    return new S3Config() {
      @Override
      public Optional<String> bucket() {
        return Optional.of(BUCKET);
      }

      @Override
      public String prefix() {
        return "files/";
      }

      @Override
      public Optional<URI> endpoint() {
        return Optional.of(endpoint);
      }

      @Override
      public String region() {
        return "us-east-1";
      }

      @Override
      public boolean pathStyle() {
        return true;
      }

      @Override
      public Optional<String> accessKeyId() {
        return Optional.of(ACCESS_KEY);
      }

      @Override
      public Optional<String> secretAccessKey() {
        return Optional.of(SECRET_KEY);
      }

      @Override
      public MemorySize partSize() {
        return new MemorySize(BigInteger.valueOf(5 << 20));
      }

      @Override
      public Duration connectTimeout() {
        return Duration.ofSeconds(1);
      }

      @Override
      public Duration readTimeout() {
        return patience;
      }

      @Override
      public Duration callTimeout() {
        return patience.multipliedBy(2);
      }
    };
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
    context.close();
  }
}
