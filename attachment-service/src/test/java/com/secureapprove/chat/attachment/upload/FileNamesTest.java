package com.secureapprove.chat.attachment.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// File names in forms, as browsers and other clients send them.
@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class FileNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "filename=\"a.pdf\" | a.pdf",
        "filename=a.pdf | a.pdf",
        "filename=\"Doe, John.pdf\" | Doe, John.pdf",
        "filename=\"a;b=c,d.pdf\" | a;b=c,d.pdf",
        "filename=\"it's 100% ok.pdf\" | it's 100% ok.pdf",
        "filename=\"50%20off.pdf\" | 50%20off.pdf",
        "filename=\"a%22b.pdf\" | a_b.pdf",
        "filename=\"a\\\"b.pdf\" | a_b.pdf",
        "filename=\"a%0D%0Ab.pdf\" | ab.pdf",
        "filename=\"a%0d%0ab.pdf\" | ab.pdf",
        "filename=\"C:\\Users\\ann\\a.pdf\" | a.pdf",
        "filename=\"../../etc/a.pdf\" | a.pdf",
        "filename=\"naïve.pdf\" | naïve.pdf",
        "filename=\"x.pdf\"; filename*=UTF-8''na%C3%AFve%3B.pdf | naïve;.pdf",
        "filename*=utf-8'en'na%C3%AFve.pdf | naïve.pdf",
        "filename*=ISO-8859-1''na%EFve.pdf | naïve.pdf",
        "filename*=UTF-8''a%2.pdf; filename=\"b.pdf\" | b.pdf",
        "filename*=UTF-99''a.pdf; filename=\"b.pdf\" | b.pdf",
        "filename*0=\"long \"; filename*1=\"name.pdf\" | long name.pdf",
        "filename*0*=UTF-8''na%C3%AF; filename*1*=ve.pdf | naïve.pdf",
        "FileName=\"a.pdf\" | a.pdf",
        "filename = \"a.pdf\" | a.pdf",
        "filename=\"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.pdf\" | \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.pdf",
        "filename=\"👨\u200d👩\u200d👧.pdf\" | 👨\u200d👩\u200d👧.pdf",
        "filename=\"क्\u200dष.pdf\" | क्\u200dष.pdf",
        "filename=\"a\u202Efdp.txt\" | afdp.txt",
      })
  void namesAreReadAsClientsWriteThem(String parameter, String name) {
    String headers = "Content-Disposition: form-data; name=\"file\"; " + parameter;
    Response answer =
        Calls.uploadPart("ann.acme", headers, Samples.pdf()).statusCode(201).extract().response();

    assertThat(answer.<String>path("filename")).isEqualTo(name);
    String disposition =
        Calls.of("ann.acme").get(answer.<String>path("download_url")).header("Content-Disposition");
    assertThat(disposition).matches("attachment; filename=\"[ !#-:<-\\[\\]-~]+\"; filename\\*=.+");
    String encoded = disposition.substring(disposition.indexOf("UTF-8''") + 7);
    assertThat(encoded).matches("[A-Za-z0-9._%-]+");
    assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ж", "請", "🙂", "e\u0301"})
  void longNamesAreShortenedAndNeverFail(String letter) {
    for (int length : new int[] {100, 150, 196, 197, 300, 700}) {
      String given = letter.repeat(length) + ".pdf";
      String headers = "Content-Disposition: form-data; name=\"file\"; filename=\"" + given + "\"";
      Response answer =
          Calls.uploadPart("ann.acme", headers, Samples.pdf()).statusCode(201).extract().response();
      String name = answer.path("filename");
      assertThat(name).endsWith(".pdf").hasSizeLessThanOrEqualTo(396);
      assertThat(name.codePointCount(0, name.length())).isLessThanOrEqualTo(200);
      if (length <= 196 && letter.codePointCount(0, letter.length()) == 1) {
        assertThat(name).isEqualTo(given);
      }
      Calls.of("ann.acme").get(answer.<String>path("download_url")).then().statusCode(200);
    }
  }

  @Test
  void headersWithoutAnEndAreTheClientsMistake() {
    String headers =
        "Content-Disposition: form-data; name=\"file\"; filename=\"" + "x".repeat(100_000) + '"';
    Calls.uploadPart("ann.acme", headers, Samples.pdf())
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void aNameThatIsNotUtf8IsReadAsWindows1252() {
    byte[] form =
        ("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\u00e7\u00e3o.pdf\""
                + "\r\n\r\n%PDF-1.4\n1 0 obj\r\n--edge--\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    String name =
        Calls.of("ann.acme")
            .header("Content-Type", "multipart/form-data; boundary=edge")
            .body(form)
            .post(Calls.ATTACHMENTS)
            .then()
            .statusCode(201)
            .extract()
            .path("filename");
    assertThat(name).isEqualTo("ação.pdf");
  }
}
