package com.secureapprove.chat.platform.multipart;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.platform.multipart.HeaderParameters.Parameter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderParametersTest {

  @Test
  void valuesMayBeQuotedAndContainSemicolons() {
    HeaderParameters parameters =
        HeaderParameters.of("form-data; name=file ; filename = \"a;b=\\\"c\\\".txt\"; x=1");
    assertThat(parameters.all())
        .containsExactly(
            new Parameter("name", "file", "name=file"),
            new Parameter("filename", "a;b=\"c\".txt", "filename = \"a;b=\\\"c\\\".txt\""),
            new Parameter("x", "1", "x=1"));
  }

  @Test
  void otherBackslashesAreKept() {
    assertThat(HeaderParameters.of("form-data; filename=\"C:\\dir\\a.txt\"").get("filename"))
        .isEqualTo("C:\\dir\\a.txt");
  }

  @Test
  void aQuoteWithinAnUnquotedValueQuotesNothing() {
    HeaderParameters parameters = HeaderParameters.of("form-data; filename=a\"b; name=c");
    assertThat(parameters.get("filename")).isEqualTo("a\"b");
    assertThat(parameters.get("name")).isEqualTo("c");
  }

  @Test
  void aParameterWithoutValueIsLeftOut() {
    assertThat(HeaderParameters.of("text/csv; charset; header=absent; ;;").all())
        .containsExactly(new Parameter("header", "absent", "header=absent"));
  }

  @Test
  void theFirstOfTwoEqualNamesCounts() {
    assertThat(HeaderParameters.of("form-data; name=a; NAME=b").get("name")).isEqualTo("a");
  }

  @Test
  void anUnclosedQuoteEndsWithTheHeader() {
    assertThat(HeaderParameters.of("form-data; name=\"a; b").get("name")).isEqualTo("a; b");
  }

  @Test
  void valuesAreUtf8OrWindows1252() {
    assertThat(HeaderParameters.of("form-data; name=\"" + latin1("señor") + '"').get("name"))
        .isEqualTo("señor");
    assertThat(HeaderParameters.of("form-data; name=\"se\u00f1or\u0080\"").get("name"))
        .isEqualTo("señor€");
  }

  @Test
  void headersAreUnfoldedAndTheFirstOfEqualNamesCounts() {
    PartHeaders headers =
        PartHeaders.of(
            "Content-Disposition: form-data;\r\n name=\"a\"\r\nContent-Type: text/plain\r\n"
                + "content-type: text/html\r\nno colon");
    assertThat(headers.name()).isEqualTo("a");
    assertThat(headers.contentType()).isEqualTo("text/plain");
    assertThat(headers.fields()).hasSize(2);
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
