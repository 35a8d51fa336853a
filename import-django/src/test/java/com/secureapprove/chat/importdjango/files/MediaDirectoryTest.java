package com.secureapprove.chat.importdjango.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.importdjango.files.MediaDirectory.Found;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaDirectoryTest {
  @TempDir private Path directory;
  private MediaDirectory media;

  @BeforeEach
  void fill() throws Exception {
    Files.createDirectories(directory.resolve("media/chat"));
    Files.writeString(directory.resolve("media/chat/a.txt"), "a");
    Files.writeString(directory.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(
        directory.resolve("media/chat/link.txt"), directory.resolve("secret.txt"));
    media = MediaDirectory.of(directory.resolve("media"));
  }

  @Test
  void aFileIsFoundByItsPath() {
    assertThat(media.find("chat/a.txt")).isInstanceOf(Found.File.class);
    assertThat(media.find("chat/../chat/a.txt")).isInstanceOf(Found.File.class);
  }

  @Test
  void noPathLeadsOutOfTheDirectory() {
    assertThat(media.find("../secret.txt")).isInstanceOf(Found.Outside.class);
    assertThat(media.find("chat/link.txt")).isInstanceOf(Found.Outside.class);
    assertThat(media.find(directory.resolve("secret.txt").toString()))
        .isInstanceOf(Found.Outside.class);
  }

  @Test
  void whatIsNoFileIsMissing() throws Exception {
    assertThat(media.find("chat/b.txt")).isInstanceOf(Found.Missing.class);
    assertThat(media.find("chat")).isInstanceOf(Found.Missing.class);
    assertThat(media.find("")).isInstanceOf(Found.Missing.class);
    assertThat(media.find("a\0b")).isInstanceOf(Found.Missing.class);
    assertThat(MediaDirectory.of(null).find("chat/a.txt")).isInstanceOf(Found.Missing.class);
  }
}
