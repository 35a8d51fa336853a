package com.secureapprove.chat.faultsuite.clients;

import com.secureapprove.chat.faultsuite.clients.RunState.Conversation;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.ObservedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// A device of a person. It acts at random until [#quiesce]. Then it completes pending sends, stays
/// connected, and starts nothing new.
public final class Device implements Runnable {

  private static final Duration PING_INTERVAL = Duration.ofSeconds(5);
  private static final Duration MAX_OFFLINE = Duration.ofSeconds(8);
  private static final Duration QUIESCENT_INTERVAL = Duration.ofMillis(200);

  private final OkHttpClient http;
  private final Endpoints endpoints;
  private final RunState runState;
  private final Api api;
  private final DeviceLog log;
  private final DeviceState deviceState;
  private final Fetcher fetcher;
  private final Sender sender;
  private final MembershipChanges membershipChanges;
  private final Random random;
  private final Duration meanPause;

  private volatile boolean quiescing;
  private volatile boolean stopped;

  /// Null if the device is quiescent.
  private volatile @Nullable String pendingWork = "it is still active";

  private int messageCount;
  private int failures;
  private long pingAt;
  private String disconnectReason = "it never connected";
  private @Nullable DeviceConnection connection;

  /// @param colleagues all people of the tenant
  /// @param meanPause the mean time between two actions
  public Device(
      OkHttpClient http,
      Endpoints endpoints,
      RunState runState,
      Api api,
      DeviceLog log,
      List<String> colleagues,
      Duration meanPause,
      long seed) {
    this.http = http;
    this.endpoints = endpoints;
    this.runState = runState;
    this.api = api;
    this.log = log;
    this.deviceState = new DeviceState(log, runState);
    this.meanPause = meanPause;
    this.random = new Random(seed);
    this.fetcher = new Fetcher(api, deviceState, runState, log.person());
    this.sender = new Sender(api, deviceState, runState, log.person(), random);
    this.membershipChanges = new MembershipChanges(api, runState, log.person(), colleagues, random);
    runState.register(log);
  }

  public DeviceLog log() {
    return log;
  }

  /// Stops new actions.
  public void quiesce() {
    quiescing = true;
  }

  /// The reason why the device is not quiescent; empty if it is connected, and has sent and fetched
  /// everything.
  public Optional<String> pendingWork() {
    return Optional.ofNullable(pendingWork);
  }

  /// Stops the device.
  public void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        if (connected() && deviceState.isSubscribed()) {
          fetcher.catchUp();
          sender.handleOutcomes(connection);
          ping();
          if (!quiescing) {
            act();
          }
        }
        pendingWork = findPendingWork();
        pause(quiescing ? QUIESCENT_INTERVAL : between());
      }
      disconnect();
    } catch (CancellationException _) {
      // the run is over
    } catch (Throwable problem) {
      runState.responses().violation("%s ended by %s".formatted(log.device(), problem));
      throw problem;
    }
  }

  private @Nullable String findPendingWork() {
    DeviceConnection now = connection;
    if (!quiescing) {
      return "it is still active";
    } else if (now == null || now.isClosed()) {
      return "it is not connected; " + disconnectReason;
    } else if (!deviceState.isSubscribed()) {
      return "it received no connected frame";
    } else if (sender.pending() > 0) {
      return "sends without a response: " + sender.pending();
    } else if (deviceState.isListToFetch()) {
      return "it has not fetched the list of conversations";
    } else if (!deviceState.toFetch().isEmpty()) {
      return "it has not fetched the messages of " + deviceState.toFetch();
    }
    return null;
  }

  private boolean connected() {
    DeviceConnection now = connection;
    if (now != null && !now.isClosed()) {
      return true;
    }
    if (now != null) {
      disconnectReason = "the connection was closed with code " + now.closeCode();
      disconnect();
    }
    if (TokenExpiry.hasEnded(api.token())) {
      api.renew();
    }
    deviceState.resetSubscription();
    DeviceConnection opened =
        DeviceConnection.open(
            http,
            endpoints.any(random),
            api.token(),
            deviceState.lastEventId(),
            runState.responses(),
            deviceState::apply);
    if (opened == null) {
      disconnectReason = "the connection did not open";
      failures++;
      pause(Duration.ofMillis(100L << Math.min(failures, 5)));
      return false;
    }
    failures = 0;
    connection = opened;
    sender.resend(opened);
    return true;
  }

  /// Disconnects, and receives nothing more.
  private void disconnect() {
    DeviceConnection now = connection;
    if (now != null) {
      now.drop();
      connection = null;
    }
  }

  private void ping() {
    DeviceConnection now = connection;
    if (now != null && System.nanoTime() - pingAt > 0) {
      pingAt = System.nanoTime() + PING_INTERVAL.toNanos();
      now.send(Map.of("type", "ping"));
    }
  }

  private void act() {
    List<Conversation> conversations = runState.conversationsOf(log.person());
    Conversation conversation = conversations.get(random.nextInt(conversations.size()));
    int choice = random.nextInt(1000);
    if (choice < 850) {
      sendMessage(conversation);
    } else if (choice < 860) {
      sendFile(conversation);
    } else if (choice < 930) {
      markRead(conversation);
    } else if (choice < 950) {
      membershipChanges.change(conversation);
    } else if (choice < 960) {
      changePreferences(conversation);
    } else if (choice < 975) {
      ApiResponse list = api.get("conversations/");
      runState.responses().checkStatus("list", list, Set.of());
    } else {
      disconnect();
      pause(Duration.ofMillis(random.nextLong(MAX_OFFLINE.toMillis())));
    }
  }

  private void sendMessage(Conversation conversation) {
    if (!sender.isPending(conversation.id())) {
      String key = log.device() + "-" + messageCount++;
      sender.send(new SendRequest(conversation.id(), key, "from " + key, null), connection);
    }
  }

  private void sendFile(Conversation conversation) {
    if (sender.isPending(conversation.id())) {
      return;
    }
    String key = log.device() + "-" + messageCount++;
    ApiResponse uploaded = api.upload(key + ".txt", "from " + key);
    if (uploaded.isSuccess()) {
      String file = uploaded.json().path("id").asText();
      sender.send(new SendRequest(conversation.id(), key, "from " + key, file), connection);
    } else {
      runState.responses().checkStatus("upload", uploaded, Set.of());
    }
  }

  private void markRead(Conversation conversation) {
    ObservedMessage lastContiguous = deviceState.lastContiguous(conversation.id());
    if (lastContiguous == null) {
      return;
    }
    runState.readRequested(log.person(), conversation.id(), lastContiguous.seq());
    DeviceConnection now = connection;
    if (now != null && random.nextBoolean()) {
      now.send(
          Map.of(
              "type",
              "mark_read",
              "conversation_id",
              conversation.id(),
              "up_to",
              lastContiguous.id()));
      return;
    }
    ApiResponse response =
        api.post(
            "conversations/" + conversation.id() + "/mark_read/",
            Map.of("up_to", lastContiguous.id()));
    if (response.isSuccess()) {
      runState.confirmRead(log.person(), conversation.id(), lastContiguous.seq());
    } else {
      runState.responses().checkStatus("mark_read", response, conversation.refusals(log.person()));
    }
  }

  /// Archives, unarchives, mutes or unmutes a conversation.
  private void changePreferences(Conversation conversation) {
    String[] changes = {"archive", "unarchive", "mute", "unmute"};
    ApiResponse response =
        api.patch(
            "conversations/%s/%s/"
                .formatted(conversation.id(), changes[random.nextInt(changes.length)]),
            Map.of());
    runState.responses().checkStatus("preferences", response, conversation.refusals(log.person()));
  }

  private Duration between() {
    double share = -Math.log(1 - random.nextDouble());
    return Duration.ofNanos((long) (meanPause.toNanos() * Math.min(share, 5)));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
