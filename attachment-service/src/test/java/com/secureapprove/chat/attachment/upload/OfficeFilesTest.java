package com.secureapprove.chat.attachment.upload;

import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Office documents of different writers. Macros and passwords are refused.
@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class OfficeFilesTest {
  private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
  private static final String MACROS = "Documents with macros are not allowed";
  private static final String PROTECTED =
      "The document is protected by a password. Remove the protection and upload it again";
  private static final String TRANSITIONAL =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  private static final String STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/";

  @ParameterizedTest
  @CsvSource({
    "word/document.xml, wordprocessingml.document, wordprocessingml.document",
    "word/document2.xml, wordprocessingml.document, wordprocessingml.document",
    "Word/Document.XML, wordprocessingml.document, wordprocessingml.document",
    "main.xml, wordprocessingml.template, wordprocessingml.document",
    "xl/workbook.xml, spreadsheetml.sheet, spreadsheetml.sheet",
    "xl/workbook2.xml, spreadsheetml.sheet, spreadsheetml.sheet",
    "package/book.xml, spreadsheetml.sheet, spreadsheetml.sheet",
    "ppt/presentation.xml, presentationml.presentation, presentationml.presentation",
    "ppt/presentation11.xml, presentationml.presentation, presentationml.presentation",
    "ppt/show.xml, presentationml.slideshow, presentationml.presentation",
  })
  void theMainPartMayHaveAnyName(String part, String declaredAs, String is) {
    String type = OFFICE + declaredAs + ".main+xml";
    for (String relationships : new String[] {TRANSITIONAL, STRICT}) {
      for (String target : new String[] {part, "/" + part, "./" + part, "x/../" + part}) {
        byte[] bytes =
            Samples.zip(
                Map.of(
                    "_rels/.rels",
                    relationship(relationships + "officeDocument", target),
                    part,
                    Samples.text("<a/>"),
                    "[Content_Types].xml",
                    override("/" + part, type)));
        upload(bytes).statusCode(201).body("content_type", equalTo(OFFICE + is));
      }
    }
    byte[] withoutRelationships =
        Samples.zip(
            Map.of(
                "[Content_Types].xml",
                override("/" + part, type),
                "_rels/.rels",
                Samples.text("<Relationships/>"),
                part,
                Samples.text("<a/>")));
    upload(withoutRelationships).statusCode(201).body("content_type", equalTo(OFFICE + is));
  }

  @Test
  void aDefaultContentTypeDescribesTheMainPart() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("_rels/.rels", relationship(STRICT + "officeDocument", "doc/body.xml"));
    parts.put("doc/body.xml", Samples.text("<a/>"));
    parts.put(
        "[Content_Types].xml",
        Samples.text(
            "<Types><Default Extension=\"xml\" ContentType=\""
                + OFFICE
                + "wordprocessingml.document.main+xml\"/></Types>"));
    upload(Samples.zip(parts)).statusCode(201);
  }

  @Test
  void archivesMayHaveZip64RecordsCommentsAndBackslashes() {
    byte[] docx = Samples.zip("[Content_Types].xml", "word\\document.xml");
    upload(docx).statusCode(201);
    upload(zip64(docx, true)).statusCode(201);
    upload(zip64(docx, false)).statusCode(201);
    byte[] commented = java.util.Arrays.copyOf(docx, docx.length + 500);
    ByteBuffer.wrap(commented)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(docx.length - 2, (short) 500);
    upload(commented).statusCode(201);
    upload(Samples.zip(manyParts(6_000))).statusCode(201);
  }

  @Test
  void archivesWithoutADocumentAreRefused() {
    upload(Samples.zip("a.txt")).statusCode(415);
    upload(Samples.zip("word/document.xml")).statusCode(415);
    upload(Samples.zip("[Content_Types].xml", "a.xml")).statusCode(415);
    upload(Samples.zip("mimetype", "content.xml", "META-INF/manifest.xml")).statusCode(415);
    byte[] docx = Samples.zip("[Content_Types].xml", "word/document.xml");
    upload(java.util.Arrays.copyOf(docx, docx.length - 30)).statusCode(415);
    upload(
            Samples.zip(
                Map.of(
                    "[Content_Types].xml",
                    override("/missing.xml", OFFICE + "wordprocessingml.document.main+xml"))))
        .statusCode(415);
    upload(
            Samples.zip(
                Map.of(
                    "[Content_Types].xml", Samples.text("no xml"),
                    "word/document.xml", Samples.text("<a/>"))))
        .statusCode(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word/vbaProject.bin",
        "word/VBAPROJECT.BIN",
        "Word\\VbaProject.Bin",
        "xl/macrosheets/sheet1.xml",
        "word/vbaData.xml",
      })
  void aPartWithMacrosIsRefused(String part) {
    upload(Samples.zip("[Content_Types].xml", "word/document.xml", part))
        .statusCode(415)
        .body("detail", equalTo(MACROS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.document.MACROENABLED.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
        "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
        "application/vnd.ms-office.vbaProject",
        "application/VND.MS-OFFICE.VBAPROJECT",
        "application/vnd.ms-excel.macrosheet+xml",
      })
  void aContentTypeOfMacrosIsRefused(String type) {
    upload(
            Samples.zip(
                Map.of(
                    "[Content_Types].xml", override("/word/other.bin", type),
                    "word/document.xml", Samples.text("<a/>"),
                    "word/other.bin", Samples.text("x"))))
        .statusCode(415)
        .body("detail", equalTo(MACROS));
  }

  @Test
  void aRelationshipToMacrosIsRefused() {
    upload(
            Samples.zip(
                Map.of(
                    "[Content_Types].xml",
                    Samples.text("<Types/>"),
                    "word/document.xml",
                    Samples.text("<a/>"),
                    "word/_rels/document.xml.rels",
                    relationship(
                        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
                        "code.dat"),
                    "word/code.dat",
                    Samples.text("x"))))
        .statusCode(415)
        .body("detail", equalTo(MACROS));
  }

  @Test
  void aDescriptionThatExpandsWithoutLimitIsRefused() {
    byte[] bomb = new byte[50 << 20];
    java.util.Arrays.fill(bomb, (byte) ' ');
    upload(
            Samples.zip(
                Map.of("[Content_Types].xml", bomb, "word/document.xml", Samples.text("<a/>"))))
        .statusCode(415);
    upload(
            Samples.zip(
                Map.of(
                    "[Content_Types].xml",
                    Samples.text(
                        "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><a>&c;</a>"),
                    "word/document.xml",
                    Samples.text("<a/>"))))
        .statusCode(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EncryptedPackage", "EncryptionInfo", "EncryptedSummary"})
  void encryptedDocumentsAreRefusedWithAReason(String stream) {
    upload(Samples.compound(stream)).statusCode(415).body("detail", equalTo(PROTECTED));
  }

  @Test
  void encryptedDocumentsOfOldFormatsAreRefusedWithAReason() {
    ByteBuffer word = sectors("WordDocument");
    word.putShort(1536, (short) 0xa5ec).putShort(1538, (short) 0x00c1);
    upload(word.array()).statusCode(201);
    word.putShort(1546, (short) 0x1300);
    upload(word.array()).statusCode(415).body("detail", equalTo(PROTECTED));

    ByteBuffer excel = sectors("Workbook");
    excel.putShort(1536, (short) 0x0809).putShort(1538, (short) 16);
    upload(excel.array()).statusCode(201);
    excel.putShort(1556, (short) 0x2f).putShort(1558, (short) 54);
    upload(excel.array()).statusCode(415).body("detail", equalTo(PROTECTED));

    ByteBuffer powerPoint = sectors("PowerPoint Document");
    powerPoint.putInt(1600, 0x0ff60000).putInt(1608, 20).putInt(1612, 0xe391c05f);
    upload(powerPoint.array()).statusCode(201);
    powerPoint.putInt(1612, 0xf3d1c4df);
    upload(powerPoint.array()).statusCode(415).body("detail", equalTo(PROTECTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Macros", "_VBA_PROJECT_CUR", "VBA", "_vba_project"})
  void macrosOfOldFormatsAreRefused(String storage) {
    ByteBuffer word = sectors("WordDocument");
    byte[] name = storage.getBytes(StandardCharsets.UTF_16LE);
    word.put(1152, name).putShort(1152 + 64, (short) (name.length + 2));
    upload(word.array()).statusCode(415).body("detail", equalTo(MACROS));
  }

  private static ValidatableResponse upload(byte[] bytes) {
    return Calls.upload("ann.acme", "document", "application/octet-stream", bytes);
  }

  private static byte[] override(String part, String type) {
    return Samples.text(
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels"
            ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Default Extension="xml" ContentType="application/xml"/>
        <Override PartName="%s" ContentType="%s"/></Types>
        """
            .formatted(part, type));
  }

  private static byte[] relationship(String type, String target) {
    return Samples.text(
        """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="%s" Target="%s"/></Relationships>
        """
            .formatted(type, target));
  }

  private static Map<String, byte[]> manyParts(int count) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      parts.put("ppt/slides/a-slide-with-a-long-name-" + i + ".xml", Samples.text("<a/>"));
    }
    parts.put("[Content_Types].xml", Samples.text("<Types/>"));
    parts.put("ppt/presentation.xml", Samples.text("<a/>"));
    return parts;
  }

  /// The archive with ZIP64 end records.
  ///
  /// @param alone whether the old end record says nothing
  private static byte[] zip64(byte[] zip, boolean alone) {
    ByteBuffer old = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int end = zip.length - 22;
    ByteBuffer result = ByteBuffer.allocate(zip.length + 76).order(ByteOrder.LITTLE_ENDIAN);
    result.put(zip, 0, end).putInt(0x06064b50).putLong(44).putInt(45).putInt(0).putInt(0);
    long entries = old.getShort(end + 10);
    result.putLong(entries).putLong(entries);
    result.putLong(old.getInt(end + 12)).putLong(old.getInt(end + 16));
    result.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    int newEnd = result.position();
    result.put(zip, end, 22);
    if (alone) {
      result.putInt(newEnd + 8, -1).putInt(newEnd + 12, -1).putInt(newEnd + 16, -1);
    }
    return result.array();
  }

  private static ByteBuffer sectors(String stream) {
    return ByteBuffer.wrap(Samples.compound(stream)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
