package com.secureapprove.chat.attachment.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(SafeFileNames.sanitized("😀".repeat(300))).hasSizeLessThanOrEqualTo(200);
    assertThat(SafeFileNames.sanitized(null)).isEqualTo("file");
  }
}
