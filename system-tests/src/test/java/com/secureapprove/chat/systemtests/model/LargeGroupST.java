package com.secureapprove.chat.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A group of two thousand behaves as a small one does.
@ExtendWith(RunningSuite.class)
class LargeGroupST {

  private static final int MEMBERS = 2_000;
  private static final int AT_ONCE = 200;

  private final Tenant tenant;

  LargeGroupST(Suite suite) {
    tenant = suite.newTenant();
  }

  @Test
  void twoThousandPeopleAreInOneGroup() {
    List<String> names = IntStream.range(0, MEMBERS).mapToObj("member%04d"::formatted).toList();
    List<String> ids = new ArrayList<>();
    for (int from = 0; from < MEMBERS; from += AT_ONCE) {
      ids.addAll(tenant.enter(names.subList(from, from + AT_ONCE), true));
    }
    ChatUser owner = tenant.signIn(names.getFirst());
    ChatUser first = tenant.signIn(names.get(1));
    ChatUser last = tenant.signIn(names.getLast());

    JsonNode group =
        owner
            .post(
                "conversations/start_group/",
                Map.of("participant_ids", ids.subList(1, MEMBERS), "title", "All hands"))
            .expect(201);
    String id = group.path("id").asText();
    String path = "conversations/" + id + "/";
    assertThat(group.path("participant_count").asInt()).isEqualTo(MEMBERS);
    assertThat(group.path("participants")).hasSize(100);

    try (Socket atFirst = first.connect();
        Socket atLast = last.connect()) {
      owner.say(id, "hello everybody");
      atFirst.await("message_created");
      atLast.await("message_created");
      last.say(id, "hello back");
      atFirst.await(
          "message_created",
          frame -> frame.path("message").path("content").asText().equals("hello back"));
    }
    assertThat(first.get(path).expect(200).path("unread_count").asInt()).isEqualTo(2);
    assertThat(first.post(path + "mark_read/", Map.of()).expect(200).path("marked_read").asInt())
        .isEqualTo(2);
    assertThat(last.get(path).expect(200).path("unread_count").asInt()).isEqualTo(1);

    assertThat(everybody(owner, path + "participants/?limit=200")).hasSize(MEMBERS);

    owner.post(path + "remove_participant/", Map.of("participant_id", last.id())).expect(200);
    last.get(path + "messages/").expectProblem(403);
    assertThat(owner.get(path).expect(200).path("participant_count").asInt())
        .isEqualTo(MEMBERS - 1);
  }

  private static Set<String> everybody(ChatUser person, String from) {
    Set<String> ids = new HashSet<>();
    String next = from;
    while (!next.isEmpty()) {
      Answer page = person.get(next);
      int before = ids.size();
      ids.addAll(Json.texts(page.expect(200), "id"));
      assertThat(ids).as("each page adds somebody").hasSizeGreaterThan(before);
      next = page.next();
    }
    return ids;
  }
}
