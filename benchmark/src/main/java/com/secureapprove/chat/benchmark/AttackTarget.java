package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the hostile person has before an attack: an ordinary group, a long history, several groups
/// of the whole tenant, and a file.
///
/// @param group a small group, which the person owns and which has a long history
/// @param wideGroups groups with all people of the tenant
/// @param file the id of a file of 10 MiB
/// @param oldestEvent a resume position before the history
record AttackTarget(String group, List<String> wideGroups, String file, String oldestEvent) {
  static final String TENANT = "hostile";

  /// The people of the tenant. The attacker is the first. The last ones are ordinary people.
  static final int PEOPLE = 200;

  /// More than a gateway keeps in memory of one stream.
  private static final int HISTORY = 3_000;

  private static final int WIDE_GROUPS = 10;
  private static final int FILE_BYTES = 10 << 20;
  private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");

  static AttackTarget prepare(BenchStack stack) throws IOException, InterruptedException {
    List<String> ids = stack.people(TENANT, PEOPLE);
    String oldestEvent = position(stack);
    String group = stack.group(TENANT, 0, ids.subList(1, 3));
    stack.messages(TENANT, group, ids.getFirst(), HISTORY);
    List<String> wideGroups = new ArrayList<>();
    for (int i = 0; i < WIDE_GROUPS; i++) {
      wideGroups.add(stack.group(TENANT, 0, ids.subList(1, PEOPLE)));
    }
    String file =
        stack.upload(TENANT, 0, form(), "multipart/form-data; boundary=b").path("id").asText();
    return new AttackTarget(group, List.copyOf(wideGroups), file, oldestEvent);
  }

  private static byte[] form() {
    String text =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
            + "x".repeat(FILE_BYTES)
            + "\r\n--b--\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String position(BenchStack stack) {
    CompletableFuture<String> greeting = new CompletableFuture<>();
    WebSocketClient.Listener listener =
        new WebSocketClient.Listener() {
          @Override
          public void onText(String frame) {
            greeting.complete(frame);
          }

          @Override
          public void onClosed(int code) {
            greeting.completeExceptionally(new IOException("closed with " + code));
          }
        };
    URI address = URI.create("ws://127.0.0.1:" + stack.gateway().getPort() + "/ws/chat/");
    try (WebSocketClient socket =
        WebSocketClient.builder()
            .header("Authorization", "Bearer " + stack.token(TENANT, "p0"))
            .open(address, listener)) {
      Matcher position = EVENT_ID.matcher(greeting.orTimeout(10, TimeUnit.SECONDS).join());
      return position.find() ? position.group(1) : "";
    }
  }
}
