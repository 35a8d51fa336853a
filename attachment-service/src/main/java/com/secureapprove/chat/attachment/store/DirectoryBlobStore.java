package com.secureapprove.chat.attachment.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Stores each blob as a file, in a directory for each tenant.
final class DirectoryBlobStore implements BlobStore {
  private final Path root;

  DirectoryBlobStore(Path root) throws IOException {
    this.root = Files.createDirectories(root.toAbsolutePath());
  }

  @Override
  public BlobWriter create(Key key) throws IOException {
    return new Partial(path(key));
  }

  @Override
  public InputStream open(Key key, long offset, long length) throws IOException {
    try {
      FileChannel file = FileChannel.open(path(key), StandardOpenOption.READ);
      file.position(offset);
      return new LimitedInputStream(Channels.newInputStream(file), length);
    } catch (NoSuchFileException e) {
      throw new FileNotFoundException(key.name());
    }
  }

  @Override
  public Optional<Path> file(Key key) throws IOException {
    Path file = path(key);
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(key.name());
    }
    return Optional.of(file);
  }

  @Override
  public void delete(Key key) throws IOException {
    Files.deleteIfExists(path(key));
  }

  @Override
  public void probe() throws IOException {
    Files.delete(Files.createTempFile(root, ".probe-", ""));
  }

  private Path path(Key key) {
    return root.resolve(TenantPaths.sanitized(key.tenant()))
        .resolve(subdirectory(key.name()))
        .resolve(key.name());
  }

  /// Spreads the files of a tenant over subdirectories. The last characters of a time-ordered id
  /// vary most.
  private static String subdirectory(String name) {
    int end = name.indexOf('.') < 0 ? name.length() : name.indexOf('.');
    return name.substring(Math.max(0, end - 2), end);
  }

  /// Writes to a temporary file in the target directory, then renames it.
  private static final class Partial extends BlobWriter {
    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final OutputStream out;

    Partial(Path target) throws IOException {
      this.target = target;
      Files.createDirectories(target.getParent());
      this.partial = Files.createTempFile(target.getParent(), ".partial-", "");
      this.channel = FileChannel.open(partial, StandardOpenOption.WRITE);
      this.out = Channels.newOutputStream(channel);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void commit() throws IOException {
      channel.force(true);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(target.getParent())) {
        directory.force(true); // makes the new name durable too
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(partial);
    }
  }
}
