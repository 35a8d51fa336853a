package com.secureapprove.chat.attachment.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFileNamesTest {

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf",
    "../../etc/passwd, passwd",
    "C:\\temp\\a.txt, a.txt",
    "'a\r\nSet-Cookie: x.txt', aSet-Cookie_ x.txt",
    "'a\u202Efdp.exe', afdp.exe",
    "'...hidden', hidden",
    "'   ', file",
    "'..', file",
    "'a/', file",
    "'a\"b<c>.txt', a_b_c_.txt",
    "'日本語 ü.txt', '日本語 ü.txt'"
  })
  void namesAreSanitized(String given, String kept) {
    assertThat(SafeFileNames.sanitized(given)).isEqualTo(kept);
  }

  @Test
  void aLongNameKeepsItsExtension() {
    assertThat(SafeFileNames.sanitized("x".repeat(4096) + ".pdf")).hasSize(200).endsWith("x.pdf");
    assertThat(SafeFileNames.sanitized("x".repeat(300) + ".a" + "b".repeat(100))).hasSize(200);
    assertThat(SafeFileNames.sanitized(null)).isEqualTo("file");
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    String family = "👨\u200d👩\u200d👧"; // 5 code points
    String name = SafeFileNames.sanitized(family.repeat(60) + ".pdf");
    assertThat(name).isEqualTo(family.repeat(39) + ".pdf");
    assertThat(SafeFileNames.sanitized("😀".repeat(300))).isEqualTo("😀".repeat(200));
    String marks = "e" + "\u0301".repeat(999);
    assertThat(SafeFileNames.sanitized(marks)).hasSize(200);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200e, 0x200f,
        0x061c, 0x00, 0x07, 0x0a, 0x0d, 0x7f, 0x85, 0x9b, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xe000,
        0x200b, 0xad
      })
  void controlsAreRemoved(int control) {
    assertThat(SafeFileNames.sanitized("a" + Character.toString(control) + "b.txt"))
        .isEqualTo("ab.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "می\u200cخواهم.pdf",
        "क्\u200dष.pdf",
        "🏴\udb40\udc67\udb40\udc62\udb40\udc7f.png",
        "a, b; c='d'.txt"
      })
  void visibleCharactersAreKept(String name) {
    assertThat(SafeFileNames.sanitized(name)).isEqualTo(name);
  }

  @Test
  void anInvisibleNameIsReplaced() {
    assertThat(SafeFileNames.sanitized("\u200d\u200c")).isEqualTo("file");
  }
}
