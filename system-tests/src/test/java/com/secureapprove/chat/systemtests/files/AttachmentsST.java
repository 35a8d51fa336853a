package com.secureapprove.chat.systemtests.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RunningSuite.class)
class AttachmentsST {

  private final Tenant tenant;
  private final ChatUser alice;
  private final ChatUser bob;
  private final ChatUser carol;
  private final String talk;

  AttachmentsST(Suite suite) {
    tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob", "carol");
    alice = people.get(0);
    bob = people.get(1);
    carol = people.get(2);
    talk = alice.startWith(bob);
  }

  @Test
  void aFileIsTheUploadersUntilAMessageCarriesItToTheOthers() {
    JsonNode file = upload(alice, "notes.txt", "text/plain", "the contract\n").expect(201);
    String download = download(file);
    assertThat(file.path("filename").asText()).isEqualTo("notes.txt");
    assertThat(file.path("size").asInt()).isEqualTo(13);
    alice.get(download).expectBytes(200, "the contract\n");
    bob.get(download).expectProblem(404);

    JsonNode said =
        alice
            .post(
                "conversations/" + talk + "/messages/",
                Map.of("content", "", "attachment_ids", List.of(file.path("id").asText())))
            .expect(201);
    assertThat(said.path("has_attachments").asBoolean()).isTrue();
    assertThat(said.path("attachments").path(0).path("id")).isEqualTo(file.path("id"));

    Answer got = bob.get(download);
    got.expectBytes(200, "the contract\n");
    assertThat(got.header("Content-Disposition")).startsWith("attachment").contains("notes.txt");
    assertThat(got.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(got.header("Cache-Control")).containsAnyOf("private", "no-store");
    Answer part = bob.send(bob.request(download).header("Range", "bytes=4-11").GET());
    part.expectBytes(206, "contract");
    carol.get(download).expectProblem(404);
    tenant.suite().newTenant().person("mallory").get(download).expectProblem(404);
  }

  @Test
  void aFileOfAnotherCannotBeLinkedNorOneTwice() {
    String id = upload(alice, "notes.txt", "text/plain", "mine").expect(201).path("id").asText();
    String path = "conversations/" + talk + "/messages/";
    Map<String, ?> body = Map.of("content", "look", "attachment_ids", List.of(id));
    assertThat(bob.post(path, body).status()).isIn(400, 403, 404);
    alice.post(path, body).expect(201);
    assertThat(alice.post("conversations/" + alice.startWith(carol) + "/messages/", body).status())
        .isIn(400, 403, 404, 409);
    assertThat(carol.get("attachments/" + id + "/download/").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "picture.svg, image/svg+xml, <svg xmlns='http://www.w3.org/2000/svg'/>",
    "picture.png, image/png, <svg xmlns='http://www.w3.org/2000/svg'/>",
    "picture.png, image/png, <html><script>alert(1)</script></html>",
    "page.html, text/html, <html><body>hello</body></html>",
    "program.exe, application/octet-stream, MZ12345",
  })
  void theBytesDecideAndNotTheName(String name, String type, String content) {
    upload(alice, name, type, content).expectProblem(415);
  }

  @Test
  void aHostileFileNameIsHarmless() {
    for (String name :
        List.of(
            "../../etc/passwd",
            "a\\b.txt",
            "a\u202Etxt.exe.txt",
            "a;x=\u0000.txt",
            "n".repeat(4_000))) {
      JsonNode file = upload(alice, name, "text/plain", "text\n").expect(201);
      assertThat(file.path("filename").asText())
          .hasSizeBetween(1, 200)
          .doesNotContainPattern("[/\\\\\\p{Cc}\u202A-\u202E\u2066-\u2069]");
      assertThat(alice.get(download(file)).header("Content-Disposition"))
          .matches("attachment; [\\x20-\\x7e]+");
    }
  }

  @Test
  void aFileOver10MebibytesIsRefused() {
    upload(alice, "big.txt", "text/plain", "a".repeat((10 << 20) + 1)).expectProblem(413);
  }

  @Test
  void whatWasRefusedSomewhereElseCanStillBeSent() {
    String id = upload(alice, "notes.txt", "text/plain", "mine").expect(201).path("id").asText();
    Map<String, ?> body = Map.of("content", "look", "attachment_ids", List.of(id));
    alice.post("conversations/" + bob.startWith(carol) + "/messages/", body).expectProblem(403);
    alice.post("conversations/" + UUID.randomUUID() + "/messages/", body).expectProblem(404);
    alice.post("conversations/" + talk + "/messages/", body).expect(201);
  }

  @Test
  void whoGivesNoKeyAndRepeatsFilesGetsTheMessageFirstMade() {
    String one = upload(alice, "one.txt", "text/plain", "1").expect(201).path("id").asText();
    String two = upload(alice, "two.txt", "text/plain", "2").expect(201).path("id").asText();
    String path = "conversations/" + talk + "/messages/";
    Map<String, ?> body = Map.of("content", "look", "attachment_ids", List.of(one, two));
    JsonNode first = alice.post(path, body).expect(201);
    assertThat(alice.post(path, body).expect(200).path("id")).isEqualTo(first.path("id"));
  }

  @Test
  void refusedFilesCountAsUploads() {
    Answer answer = upload(alice, "a.png", "image/png", "<svg>");
    for (int i = 0; answer.status() == 415 && i < 200; i++) {
      answer = upload(alice, "a.png", "image/png", "<svg>");
    }
    answer.expectProblem(429);
  }

  @Test
  void filesThatComeWithAMessageCountAsUploads() {
    Answer answer = sendWithTenFiles();
    int said = 0;
    while (answer.status() == 201 && said < 50) {
      said++;
      answer = sendWithTenFiles();
    }
    answer.expectProblem(429);
    assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(bob.get("conversations/" + talk + "/messages/?limit=200").expect(200))
        .as("a message whose files were refused is not there")
        .hasSize(said);
    upload(bob, "mine.txt", "text/plain", "others go on").expect(201);
  }

  private Answer sendWithTenFiles() {
    String file =
        """
        --b\r
        Content-Disposition: form-data; name="attachments"; filename="a.csv"\r
        Content-Type: text/csv\r
        \r
        a,b\n1,2\r
        """;
    return alice.send(
        "POST",
        "conversations/" + talk + "/messages/",
        "multipart/form-data; boundary=b",
        BodyPublishers.ofString(file.repeat(10) + "--b--\r\n"));
  }

  @Test
  void theFormOfTheOriginalChatCarriesFiles() {
    String form =
        """
        --b\r
        Content-Disposition: form-data; name="content"\r
        \r
        with a file\r
        --b\r
        Content-Disposition: form-data; name="attachments"; filename="a.csv"\r
        Content-Type: text/csv\r
        \r
        a,b\n1,2\r
        --b--\r
        """;
    JsonNode said =
        alice
            .send(
                "POST",
                "conversations/" + talk + "/messages/",
                "multipart/form-data; boundary=b",
                BodyPublishers.ofString(form))
            .expect(201);
    assertThat(said.path("content").asText()).isEqualTo("with a file");
    bob.get(download(said.path("attachments").path(0))).expectBytes(200, "a,b\n1,2");
  }

  private static Answer upload(ChatUser person, String name, String type, String content) {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n".formatted(name)
            + "Content-Type: %s\r\n\r\n%s\r\n--b--\r\n".formatted(type, content);
    return person.send(
        "POST", "attachments/", "multipart/form-data; boundary=b", BodyPublishers.ofString(form));
  }

  private static String download(JsonNode file) {
    return "attachments/" + file.path("id").asText() + "/download/";
  }
}
