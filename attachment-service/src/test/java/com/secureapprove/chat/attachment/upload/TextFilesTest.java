package com.secureapprove.chat.attachment.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Text is recognized by its bytes, in any encoding.
@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class TextFilesTest {

  @ParameterizedTest
  @CsvSource({
    "windows-1252, 'A reunião de terça-feira não será às três; será à tarde, na sala número oito.'",
    "windows-1252, 'ação;preço;€ 12,50'",
    "ISO-8859-1, 'España;señor;añadió'",
    "ISO-8859-15, 'Cœur;€ 3'",
    "ISO-8859-2, 'Žluťoučký kůň;příliš'",
    "ISO-8859-7, 'Αθήνα;Ελλάδα'",
    "windows-1250, 'Łódź;źdźbło'",
    "windows-1251, 'Москва;Иванов;оплачено'",
    "windows-1253, 'Θεσσαλονίκη'",
    "windows-1255, 'שלום;עולם'",
    "windows-1256, 'مرحبا;العالم'",
    "KOI8-R, 'Привет;мир'",
    "IBM850, 'Müller;Größe'",
    "Shift_JIS, '東京;表示;ソフト'",
    "EUC-JP, '東京;大阪'",
    "ISO-2022-JP, '東京;大阪'",
    "GB18030, '北京;上海'",
    "Big5, '臺北;高雄'",
    "EUC-KR, '서울;부산'",
    "ISO-2022-KR, '서울;부산'",
    "x-windows-949, '서울;부산;똠'",
    "IBM852, 'Łódź;źdźbło'",
    "IBM866, 'Москва;Привет'",
    "x-MacRoman, 'señor;añadió'",
    "windows-1254, 'İstanbul;şişe'",
    "windows-1257, 'Šiauliai;ąčęė'",
    "x-windows-874, 'กรุงเทพ'",
    "UTF-8, 'naïve;日本;🙂'",
    "UTF-16, 'Name\tMüller'",
    "x-UTF-16LE-BOM, 'Name\tМосква;Иванов'",
    "UTF-16LE, 'Name;Betrag;Müller'",
    "UTF-16BE, 'Name;Betrag;Müller'",
    "UTF-16LE, 'Москва; Иванов; оплачено'",
    "UTF-16LE, '日本語のテキスト; 東京、大阪; カナ'",
    "UTF-16BE, '北京；上海 - 한국어; 서울'",
    "UTF-32LE, 'Name;Müller'",
    "UTF-32BE, '東京;🙂'",
    "X-UTF-32LE-BOM, 'Name;Müller'",
    "X-UTF-32BE-BOM, '東京;大阪'",
  })
  void textIsAcceptedInEachEncoding(String encoding, String line) {
    for (int lines : new int[] {1, 50, 5_000}) {
      byte[] bytes = (line + "\r\n").repeat(lines).getBytes(Charset.forName(encoding));
      Response answer =
          Calls.upload("ann.acme", "kontakte.csv", "text/csv", bytes)
              .statusCode(201)
              .body("content_type", equalTo("text/csv"))
              .extract()
              .response();
      Response download = Calls.of("ann.acme").get(answer.<String>path("download_url"));
      assertThat(download.asByteArray()).isEqualTo(bytes);
      assertThat(download.contentType()).doesNotContain("charset");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P2 is the second one\n",
        "P1 P3",
        "MZ-1 and MZ-2 are motorcycles\n",
        "MZ12345",
        "PK said that he comes\n",
        "%PDF is a format\n",
        "%PDF-1.7 is a version of a format\n",
        "GIF89a is a format\n",
        "GIF87a",
        "BM and PM are initials\n",
        "RIFF of the day: WEBPages\n",
        "II* or MM\n",
        "ID3 tags\n",
        "Rar! is no archive\n",
        "OggS, fLaC and FLV\n",
        "BZh9 is a prefix\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n",
        "BEGIN:VCARD\nFN:Ann\nEND:VCARD\n",
        "BEGIN:VCALENDAR\nVERSION:2.0\n",
        "From: ann\nTo: bob\n",
        "Path: up\n",
        "HTTP/1.1 200 OK\n",
        "rem acu tetigisti\n",
        "#include <stdio.h>\n",
        "# Heading\n",
        "#!important\n",
        "%! of people\n",
        "{\\rtf or not}\n",
        "[version]\n1\n",
        "solid ground\n",
        "// a comment\n",
        "<ann> hello\n<bob> hi\n",
        "a < b && b > c\n",
        "end of a DOS file\u001a",
        "page\fpage",
      })
  void wordsAreNoMagicNumbers(String text) {
    for (String repeated : new String[] {text, text + "and so on\n".repeat(20_000)}) {
      if (repeated.endsWith("\u001a") || !repeated.contains("\u001a")) {
        Calls.upload("ann.acme", "a.txt", "text/plain", Samples.text(repeated))
            .statusCode(201)
            .body("content_type", equalTo("text/plain"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>x",
        "<html>",
        "  \r\n <script>alert(1)</script>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>",
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<!-- --><script>",
        "<iframe src=x>",
        "<IMG SRC=x onerror=alert(1)>",
        "<?php echo 1;",
        "<%@ page %>",
        "#!/bin/sh\nrm -r /\n",
        "#! /usr/bin/env python\n",
        "@echo off\r\ndel *\r\n",
        "%!PS-Adobe-3.0\n",
        "<x:html xmlns:x='http://www.w3.org/1999/xhtml'><x:script>",
      })
  void pagesAndScriptsAreRefusedInEachEncoding(String text) {
    for (String encoding :
        new String[] {
          "UTF-8", "UTF-16", "x-UTF-16LE-BOM", "UTF-16LE", "UTF-16BE", "X-UTF-32LE-BOM"
        }) {
      for (String name : new String[] {"a.txt", "a.png", "a.csv", "a.xls", "a.docx", "a"}) {
        byte[] bytes = (text + " ".repeat(text.length() % 2)).getBytes(Charset.forName(encoding));
        Calls.upload("ann.acme", name, "text/plain", bytes).statusCode(415);
      }
    }
    byte[] marked = Samples.text("\ufeff" + text);
    Calls.upload("ann.acme", "a.txt", "text/plain", marked).statusCode(415);
  }

  /// Bytes without control characters that are no text: a decoder finds no assigned characters.
  @Test
  void otherBytesAreNotTakenForUnmarkedText() {
    byte[] numbers = new byte[4_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (byte) (i % 2 == 0 ? i * 7 : i % 97);
    }
    numbers[0] = 0;
    Calls.upload("ann.acme", "a.txt", "text/plain", numbers).statusCode(415);
    Calls.upload("ann.acme", "a.txt", "text/plain", Samples.text("shift\u000eout")).statusCode(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\u0000b", "a\u0001b", "a\u0007b", "a\u001ab", "MZ\u0090\u0000\u0003", "\u0002"})
  void harmfulControlCharactersAreRefused(String text) {
    byte[] bytes = text.getBytes(Charset.forName("ISO-8859-1"));
    Calls.upload("ann.acme", "a.txt", "text/plain", bytes).statusCode(415);
    ByteArrayOutputStream late = new ByteArrayOutputStream();
    late.writeBytes(Samples.text("x".repeat(100_001)));
    late.writeBytes(bytes);
    Calls.upload("ann.acme", "a.txt", "text/plain", late.toByteArray()).statusCode(415);
    Calls.upload(
            "ann.acme", "a.txt", "text/plain", text.getBytes(Charset.forName("x-UTF-16LE-BOM")))
        .statusCode(415);
  }

  @Test
  void anEmptyLineIsText() {
    Calls.upload("ann.acme", "a.txt", "text/plain", Samples.text("\n")).statusCode(201);
  }
}
