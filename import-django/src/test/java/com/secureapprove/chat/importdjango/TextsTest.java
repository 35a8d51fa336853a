package com.secureapprove.chat.importdjango;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void aTitleIsCutAndHasNoControlCharacters() {
    assertThat(Texts.title(null)).isNull();
    assertThat(Texts.title(" \t ")).isNull();
    assertThat(Texts.title(" Line\nbreak ")).isEqualTo("Linebreak");
    assertThat(Texts.title("\uD83D\uDE00".repeat(300)).codePoints()).hasSize(255);
  }

  @Test
  void contentKeepsEverythingThatCanBeStored() {
    String kept = "a\nb\u0007\uD83D\uDE00" + "x".repeat(6_000);
    assertThat(Texts.content(kept)).isSameAs(kept);
    assertThat(Texts.content("a\0b\uD83D")).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void theKeyOfAPairDoesNotDependOnTheOrder() {
    assertThat(Texts.pairKey("b", "a")).isEqualTo("a b").isEqualTo(Texts.pairKey("a", "b"));
  }
}
