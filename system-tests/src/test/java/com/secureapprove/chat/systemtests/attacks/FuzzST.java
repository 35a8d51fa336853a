package com.secureapprove.chat.systemtests.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.benchmark.FuzzRun;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A few seconds of `./chat fuzz`.
@ExtendWith(RunningSuite.class)
class FuzzST {
  private static final Duration TIME = Duration.ofSeconds(6);
  private static final int PEOPLE = 20;

  private final Suite suite;

  FuzzST(Suite suite) {
    this.suite = suite;
  }

  @Test
  void nothingFailsInside() {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people =
        tenant.people(IntStream.range(0, PEOPLE).mapToObj(i -> "fuzz" + i).toArray(String[]::new));
    ChatUser first = people.getFirst();
    String group =
        first
            .post(
                "conversations/start_group/",
                Map.of("participant_ids", people.stream().skip(1).map(ChatUser::id).toList()))
            .expect(201)
            .path("id")
            .asText();
    FuzzRun.Target target =
        new FuzzRun.Target(
            URI.create("http://127.0.0.1:" + suite.baseUrl().getPort()),
            people.stream().map(ChatUser::token).toList(),
            group,
            suite.stack().home().directory().resolve("logs"));
    FuzzRun.Result result = new FuzzRun(target, Long.getLong("chat.seed", 1)).run(TIME);

    assertThat(result.findings()).isEmpty();
    assertThat(result.sent()).isGreaterThan(100);
    first.get("me/").expect(200);
    first.get("conversations/" + group + "/messages/").expect(200);
  }
}
