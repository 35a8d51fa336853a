package com.secureapprove.chat.attachment.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import com.secureapprove.chat.attachment.StubServices;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.redis.RedisKeys;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class OrphanSweeperTest {
  @Inject OrphanSweeper cleaning;
  @Inject EventCodec codec;
  @Inject RedisDataSource redis;

  @ConfigProperty(name = "chat.attachment.directory")
  Path directory;

  @Test
  void anUnclaimedUploadIsDeletedAfterADay() throws Exception {
    String old = Calls.uploaded("ann.acme", "a.png", Samples.image("png", 9, 9));
    String fresh = Calls.uploaded("ann.acme", "a.png", Samples.image("png", 9, 9));
    age(old);

    cleaning.sweep();

    assertThat(status("ann.acme", old)).isEqualTo(404);
    assertThat(files(old)).isZero();
    assertThat(status("ann.acme", fresh)).isEqualTo(200);
    assertThat(files(fresh)).isEqualTo(2);
  }

  @Test
  void aClaimedFileIsDeletedOnlyIfItsMessageDoesNotExist() throws Exception {
    String conversation = UUID.randomUUID().toString();
    String linked = claimed(conversation, "exists");
    String retried = claimed(conversation, "exists");
    String lost = claimed(conversation, "never-made");
    StubServices.messageExists("exists", linked);
    StubServices.messagesDown(true);
    cleaning.sweep();
    assertThat(files(lost)).isEqualTo(1);
    StubServices.messagesDown(false);

    cleaning.sweep();

    assertThat(files(linked)).isEqualTo(1);
    assertThat(files(retried)).as("claimed again by a retry").isZero();
    assertThat(files(lost)).isZero();
  }

  @Test
  void filesOfADeletedConversationAreDeleted() throws Exception {
    String id = Calls.uploaded("ann.acme", "a.txt", Samples.text("x"));
    UUID conversation = UUID.randomUUID();
    Calls.claim("ann.acme", conversation.toString(), "gone-" + id, id).statusCode(200);

    String event =
        codec.encode(
            new EventEnvelope(
                TimeOrderedIds.next(),
                "acme",
                conversation.toString(),
                9,
                Instant.now(),
                new ChatEvent.ConversationDeleted(conversation)));
    redis.stream(String.class)
        .xadd(RedisKeys.changes(EventStreams.shardOf("acme")), Map.of(EventStreams.FIELD, event));

    await().untilAsserted(() -> assertThat(files(id)).isZero());
  }

  private String claimed(String conversation, String key) throws SQLException {
    String id = Calls.uploaded("ann.acme", "a.txt", Samples.text("x"));
    Calls.claim("ann.acme", conversation, key, id).statusCode(200);
    age(id);
    return id;
  }

  private static int status(String user, String id) {
    return Calls.of(user).get(Calls.ATTACHMENTS + id + "/download/").statusCode();
  }

  private static void age(String id) throws SQLException {
    try (Connection connection = BackingServices.shared().superuser(BackingStores.DATABASE);
        var statement = connection.createStatement()) {
      statement.execute(
          "update attachment.attachment set uploaded_at = uploaded_at - interval '25 hours',"
              + " claimed_at = claimed_at - interval '25 hours' where id = '"
              + id
              + "'");
    }
  }

  private long files(String id) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.getFileName().toString().startsWith(id)).count();
    }
  }
}
