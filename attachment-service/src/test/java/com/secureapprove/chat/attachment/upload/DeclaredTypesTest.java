package com.secureapprove.chat.attachment.upload;

import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Declared types and names are hints. The bytes decide.
@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class DeclaredTypesTest {
  private static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  @ParameterizedTest
  @CsvSource({
    "a.csv, application/vnd.ms-excel, text/csv",
    "a.csv, text/x-csv, text/csv",
    "a.csv, application/csv, text/csv",
    "a.csv, text/comma-separated-values, text/csv",
    "a.csv, application/octet-stream, text/csv",
    "A.CSV, TEXT/CSV; CHARSET=windows-1252; header=present, text/csv",
    "a.tsv, text/tab-separated-values, text/csv",
    "a.md, text/markdown, text/plain",
    "a.log, text/x-log, text/plain",
    "a.json, application/json, text/plain",
    "a.txt, application/x-unknown, text/plain",
    "a.txt, not a type at all, text/plain",
    "a.txt, ';;;', text/plain",
    "a.txt, text/csv, text/plain",
    "table, text/csv, text/csv",
    "table, text/x-comma-separated-values, text/csv",
    "a.xls, application/vnd.ms-excel, text/plain",
    "a.jpg, image/jpeg, text/plain",
    "a.csv, video/mp4, text/csv",
  })
  void aTextIsATextWhateverItsDeclaredType(String name, String declared, String is) {
    uploaded(name, declared, Samples.text("Name;Betrag\r\nMüller;12,50\r\n"), is);
  }

  static Stream<Arguments> otherFiles() {
    byte[] docx = Samples.zip("[Content_Types].xml", "word/document.xml");
    byte[] jpeg = Samples.image("jpg", 4, 4);
    return Stream.of(
        Arguments.of("a.jpg", "image/jpg", "image/jpeg", jpeg),
        Arguments.of("a.jpg", "image/pjpeg", "image/jpeg", jpeg),
        Arguments.of("a.JPG", "IMAGE/JPEG", "image/jpeg", jpeg),
        Arguments.of("a.jpg", "text/html", "image/jpeg", jpeg),
        Arguments.of("a.png", "image/x-png", "image/png", Samples.image("png", 4, 4)),
        Arguments.of("photo", "application/octet-stream", "image/jpeg", jpeg),
        Arguments.of("a.heic", "image/heic", "image/jpeg", jpeg),
        Arguments.of("a.pdf", "application/x-pdf", "application/pdf", Samples.pdf()),
        Arguments.of("a.pdf", "application/force-download", "application/pdf", Samples.pdf()),
        Arguments.of("report v1.2", "application/pdf", "application/pdf", Samples.pdf()),
        Arguments.of("report", "application/pdf", "application/pdf", Samples.pdf()),
        Arguments.of("from example.com", "application/pdf", "application/pdf", Samples.pdf()),
        Arguments.of("a.docx", "application/zip", DOCX, docx),
        Arguments.of("a.docx", "application/x-zip-compressed", DOCX, docx),
        Arguments.of("a.docx", "application/msword", DOCX, docx),
        Arguments.of("a.zip", "application/zip", DOCX, docx),
        Arguments.of(
            "a.doc",
            "application/x-msword",
            "application/msword",
            Samples.compound("WordDocument")),
        Arguments.of(
            "a.xls", "application/x-excel", "application/vnd.ms-excel", Samples.compound("Book")));
  }

  @ParameterizedTest
  @MethodSource("otherFiles")
  void theBytesDecide(String name, String declared, String is, byte[] bytes) {
    uploaded(name, declared, bytes, is);
  }

  @Test
  void aFileWithoutDeclaredTypeIsAccepted() {
    Calls.uploadPart(
            "ann.acme",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"",
            Samples.text("a,b\n"))
        .statusCode(201)
        .body("content_type", equalTo("text/csv"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.html, text/plain",
    "a.HTM, text/plain",
    "a.svg, text/plain",
    "a.hta, text/plain",
    "a.bat, text/plain",
    "a.ps1, text/plain",
    "a.txt.js, text/plain",
    "'a.vbs.', text/plain",
    "'a.exe  . ', text/plain",
    "a.sh, text/plain",
    "a.txt, text/html",
    "a.txt, image/svg+xml",
    "a.txt, application/javascript; charset=utf-8",
    "a.txt, TEXT/HTML",
  })
  void aTextThatSystemsExecuteIsRefused(String name, String declared) {
    refused(name, declared, Samples.text("Good morning"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.html", "a.svg", "a.exe", "a.bat", "a.png.js", "a.hta", "a.e\u200Dxe"})
  void aPictureIsRefusedIfItsNameMakesSystemsExecuteIt(String name) {
    refused(name, "image/png", Samples.image("png", 4, 4));
  }

  private static void uploaded(String name, String declared, byte[] bytes, String is) {
    Calls.uploadPart("ann.acme", headers(name, declared), bytes)
        .statusCode(201)
        .body("content_type", equalTo(is))
        .body("filename", equalTo(name));
  }

  private static void refused(String name, String declared, byte[] bytes) {
    Calls.uploadPart("ann.acme", headers(name, declared), bytes)
        .statusCode(415)
        .body("detail", equalTo("Web pages, scripts and programs are not allowed"));
  }

  private static String headers(String name, String declared) {
    return """
    Content-Disposition: form-data; name="file"; filename="%s"\r
    Content-Type: %s\
    """
        .formatted(name, declared);
  }
}
