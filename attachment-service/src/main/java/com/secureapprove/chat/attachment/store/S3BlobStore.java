package com.secureapprove.chat.attachment.store;

import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Stores each blob as an object in a bucket, below the name of its tenant.
final class S3BlobStore implements BlobStore, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(S3BlobStore.class);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final S3Client s3;
  private final String bucket;
  private final String prefix;
  private final int partSize;

  S3BlobStore(S3Client s3, String bucket, String prefix, int partSize) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
    this.partSize = partSize;
  }

  @Override
  public BlobWriter create(Key key) {
    return new Parts(object(key));
  }

  @Override
  public InputStream open(Key key, long offset, long length) throws FileNotFoundException {
    if (length == 0) {
      return InputStream.nullInputStream();
    }
    String range =
        length >= Long.MAX_VALUE - offset
            ? "bytes=" + offset + "-"
            : "bytes=%d-%d".formatted(offset, offset + length - 1);
    try {
      return s3.getObject(get -> get.bucket(bucket).key(object(key)).range(range));
    } catch (NoSuchKeyException | InvalidObjectStateException e) {
      throw new FileNotFoundException(key.name());
    } catch (SdkException | UncheckedIOException e) {
      throw failure("open", e);
    }
  }

  @Override
  public Optional<Path> file(Key key) {
    return Optional.empty();
  }

  @Override
  public void delete(Key key) {
    try {
      s3.deleteObject(delete -> delete.bucket(bucket).key(object(key)));
    } catch (SdkException | UncheckedIOException e) {
      throw failure("delete", e);
    }
  }

  @Override
  public void probe() throws IOException {
    String object = prefix + ".probe-" + UUID.randomUUID();
    try {
      s3.putObject(put -> put.bucket(bucket).key(object), RequestBody.empty());
      s3.deleteObject(delete -> delete.bucket(bucket).key(object));
    } catch (SdkException | UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    s3.close();
  }

  private String object(Key key) {
    return prefix + TenantPaths.sanitized(key.tenant()) + '/' + key.name();
  }

  private static ProblemException failure(String what, RuntimeException cause) {
    LOG.warnf("object_storage_failed operation=%s reason=%s", what, Reason.of(cause));
    return ProblemException.retryAfter(
        Problem.UNAVAILABLE, "The file storage is unavailable", RETRY_AFTER_SECONDS);
  }

  /// Writes an object as a multipart upload, or with one request if it fits into one part.
  private final class Parts extends BlobWriter {
    private final String object;
    private final byte[] part = new byte[partSize];
    private final List<CompletedPart> sent = new ArrayList<>();
    private int filled;
    private @Nullable String upload;

    Parts(String object) {
      this.object = object;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int from = offset; from < offset + length; ) {
        if (filled == partSize) {
          send();
        }
        int count = Math.min(offset + length - from, partSize - filled);
        System.arraycopy(bytes, from, part, filled, count);
        filled += count;
        from += count;
      }
    }

    private void send() {
      try {
        String id = uploadId();
        int number = sent.size() + 1;
        String tag =
            s3.uploadPart(
                    up -> up.bucket(bucket).key(object).uploadId(id).partNumber(number), body())
                .eTag();
        sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        filled = 0;
      } catch (SdkException | UncheckedIOException e) {
        throw failure("upload_part", e);
      }
    }

    private String uploadId() {
      String id = upload;
      if (id == null) {
        id = s3.createMultipartUpload(create -> create.bucket(bucket).key(object)).uploadId();
        upload = id;
      }
      return id;
    }

    private RequestBody body() {
      return RequestBody.fromBytes(filled == partSize ? part : Arrays.copyOf(part, filled));
    }

    @Override
    public void commit() {
      try {
        if (upload == null) {
          s3.putObject(put -> put.bucket(bucket).key(object), body());
          return;
        }
        if (filled > 0) {
          send();
        }
        String id = upload;
        s3.completeMultipartUpload(complete ->
            complete
                .bucket(bucket)
                .key(object)
                .uploadId(id)
                .multipartUpload(parts -> parts.parts(sent)));
        upload = null;
      } catch (SdkException | UncheckedIOException e) {
        throw failure("commit", e);
      }
    }

    @Override
    public void close() {
      String id = upload;
      if (id != null) {
        upload = null;
        try {
          s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(object).uploadId(id));
        } catch (SdkException | UncheckedIOException e) {
          throw failure("abort", e);
        }
      }
    }
  }
}
