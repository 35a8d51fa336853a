package com.secureapprove.chat.localstack.doctor;

import com.secureapprove.chat.localstack.process.Polling;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// Checks an installation from outside, from the name of the host to the resumption of a session.
///
/// A check that fails skips those that need it. With one person it changes nothing but a file,
/// which the chat deletes after a day. With two people they talk to each other in their
/// conversation.
public final class Examination {

  private static final Duration LARGEST_CLOCK_DIFFERENCE = Duration.ofSeconds(30);
  private static final Duration ONLINE_WITHIN = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int PROXY_BODY_LIMIT = 1 << 20;
  private static final int UNAUTHORIZED = 401;

  private final URI url;
  private final Visitor stranger;
  private final Visitor first;
  private final @Nullable Visitor second;
  private final Clock clock;
  private final Checks checks;

  /// @param url the origin of the chat
  /// @param token an access token of a person
  /// @param otherToken an access token of a second person of the same tenant, or null
  /// @param results receives each result immediately
  public Examination(
      OkHttpClient http,
      URI url,
      String token,
      @Nullable String otherToken,
      Clock clock,
      Consumer<CheckResult> results) {
    this.url = url;
    this.stranger = new Visitor(http, url, "");
    this.first = new Visitor(http, url, token);
    this.second = otherToken == null ? null : new Visitor(http, url, otherToken);
    this.clock = clock;
    this.checks = new Checks(results);
  }

  /// Runs all checks.
  ///
  /// @return the number of failed checks
  public int run() {
    if (checks.check("name", this::resolve) && checks.check("gateway", this::findGateway)) {
      checks.warn("transport", this::encryption);
      checks.warn("clock", this::compareClocks);
      checks.check("web client", this::findWebClient);
      if (checks.check("sign-in", () -> first.signIn(clock))) {
        checks.check("socket", this::exchangeFrames);
        checks.check("presence", this::isOnline);
        checks.check("upload", this::uploadAndDownload);
        if (second == null) {
          checks.skip("messages", "No second person was given.", "Add --other-token.");
        } else {
          new MessagingChecks(first, second, clock).run(checks);
        }
      }
    }
    return checks.failures();
  }

  private String resolve() throws CheckFailed {
    try {
      return Arrays.stream(InetAddress.getAllByName(url.getHost()))
          .map(InetAddress::getHostAddress)
          .collect(Collectors.joining(", ", url.getHost() + " is ", ""));
    } catch (UnknownHostException failure) {
      throw Transport.failure(url, failure);
    }
  }

  private String findGateway() throws CheckFailed {
    Reply reply = stranger.get("me/");
    if (reply.status() == UNAUTHORIZED && reply.isProblem()) {
      return "The gateway answers, and demands credentials.";
    }
    throw reply.refused("GET /api/chat/me/ without credentials");
  }

  private String encryption() throws CheckFailed {
    if (url.getScheme().equals("https")) {
      return "TLS, with a trusted certificate.";
    }
    try {
      if (InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
        return "No TLS, on this machine.";
      }
    } catch (UnknownHostException failure) {
      throw Transport.failure(url, failure);
    }
    throw new CheckFailed(
        "The chat is used without TLS.",
        "Tokens and messages are readable on the way, and browsers do not keep the session.");
  }

  private String compareClocks() throws CheckFailed {
    Date date = stranger.get("me/").headers().getDate("Date");
    if (date == null) {
      return "The server does not state its time.";
    }
    Duration difference = Duration.between(date.toInstant(), Instant.now(clock)).abs();
    if (difference.compareTo(LARGEST_CLOCK_DIFFERENCE) > 0) {
      throw new CheckFailed(
          "The clocks of the server and of this machine differ by %d s."
              .formatted(difference.toSeconds()),
          "Tokens are refused if clocks differ by more than 30 s. Use NTP on both.");
    }
    return "The clocks differ by less than %d s.".formatted(difference.toSeconds() + 1);
  }

  private String findWebClient() throws CheckFailed {
    Reply reply = stranger.get("/tenant_chat.js");
    if (!reply.isOk() || !reply.contentType().contains("javascript")) {
      throw new CheckFailed(
          "/tenant_chat.js has status %d and type %s."
              .formatted(reply.status(), reply.contentType()),
          "The proxy must forward / to the gateway, not only /api and /ws.");
    }
    return "/tenant_chat.js has %d characters.".formatted(reply.body().length());
  }

  private String exchangeFrames() throws CheckFailed {
    long since = System.nanoTime();
    try (ChatConnection connection = first.connect("")) {
      connection.send(Map.of("type", "ping"));
      connection.await(frame -> "pong".equals(frame.get("type")), "the frame `pong`");
    }
    return "Connected and answered within %d ms."
        .formatted(Duration.ofNanos(System.nanoTime() - since).toMillis());
  }

  /// Gateways report activity in intervals of a few seconds.
  private String isOnline() throws CheckFailed {
    long deadline = System.nanoTime() + ONLINE_WITHIN.toNanos();
    while (!isShownOnline()) {
      if (System.nanoTime() > deadline) {
        throw new CheckFailed(
            "This person was active but is shown as offline.",
            "presence-service or the gateway does not reach Redis: look for presence_degraded and"
                + " activity_report_failed.");
      }
      Polling.pause(BETWEEN_LOOKS);
    }
    return "This person is online.";
  }

  private boolean isShownOnline() throws CheckFailed {
    Reply reply = first.get("conversations/presence/");
    if (!reply.isOk()) {
      throw reply.refused("GET conversations/presence/");
    }
    Object me = first.id();
    return reply.array().stream()
        .anyMatch(item ->
            item instanceof Map<?, ?> person
                && me.equals(person.get("id"))
                && Boolean.TRUE.equals(person.get("is_online")));
  }

  /// The file is larger than the body limit of a proxy with default settings.
  private String uploadAndDownload() throws CheckFailed {
    String line = "A check of the installation uploads this line.\n";
    String content = line.repeat(PROXY_BODY_LIMIT / line.length() + 2);
    if (largestFile() < content.length()) {
      content = line;
    }
    Reply upload = first.upload("installation-check.txt", content);
    if (!upload.isOk()) {
      throw upload.refused("POST attachments/");
    }
    Map<String, Object> file = upload.object();
    Reply download = first.get("attachments/%s/download/".formatted(file.get("id")));
    if (!download.isOk()) {
      throw download.refused("GET attachments/{id}/download/");
    }
    if (!download.body().equals(content)) {
      throw new CheckFailed(
          "The downloaded file differs from the uploaded one.",
          "Replicas of attachment-service do not share their directory, or a proxy changes"
              + " bodies.");
    }
    return "%d bytes uploaded, and downloaded unchanged.".formatted(content.length());
  }

  private long largestFile() throws CheckFailed {
    return first.get("me/").object().get("limits") instanceof Map<?, ?> limits
            && limits.get("attachment_bytes") instanceof Number bytes
        ? bytes.longValue()
        : 0;
  }
}
