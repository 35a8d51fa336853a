package com.secureapprove.chat.importdjango;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextRulesTest {

  @Test
  void aTitleIsCutAndHasNoControlCharacters() {
    assertThat(TextRules.title(null)).isNull();
    assertThat(TextRules.title(" \t ")).isNull();
    assertThat(TextRules.title(" Line\nbreak ")).isEqualTo("Linebreak");
    assertThat(TextRules.title("\uD83D\uDE00".repeat(300)).codePoints()).hasSize(255);
  }

  @Test
  void contentKeepsEverythingThatCanBeStored() {
    String kept = "a\nb\u0007\uD83D\uDE00" + "x".repeat(6_000);
    assertThat(TextRules.content(kept)).isSameAs(kept);
    assertThat(TextRules.content("a\0b\uD83D")).isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void theKeyOfAPairDoesNotDependOnTheOrder() {
    assertThat(TextRules.pairKey("b", "a")).isEqualTo("a b").isEqualTo(TextRules.pairKey("a", "b"));
  }
}
