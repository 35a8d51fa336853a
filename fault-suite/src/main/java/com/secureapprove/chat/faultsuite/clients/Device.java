package com.secureapprove.chat.faultsuite.clients;

import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import com.secureapprove.chat.faultsuite.clients.World.Talk;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// A device of a person. It acts at random until it must settle: then it sends what is left, stays
/// connected, and does nothing more.
public final class Device implements Runnable {

  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(5);
  private static final Duration LONGEST_AWAY = Duration.ofSeconds(8);
  private static final Duration SETTLED_LOOKS = Duration.ofMillis(200);

  private final OkHttpClient http;
  private final Doors doors;
  private final World world;
  private final Api api;
  private final DeviceLog log;
  private final Notebook notebook;
  private final Reading reading;
  private final Sending sending;
  private final Members members;
  private final Random random;
  private final Duration meanPause;

  private volatile boolean settling;
  private volatile boolean stopped;

  /// Null where it is settled.
  private volatile @Nullable String unsettled = "it goes on using the chat";

  private int made;
  private int failures;
  private long pingAt;
  private String cut = "it never was";
  private @Nullable Line line;

  /// @param colleagues all people of the tenant
  /// @param meanPause the mean time between two actions
  public Device(
      OkHttpClient http,
      Doors doors,
      World world,
      Api api,
      DeviceLog log,
      List<String> colleagues,
      Duration meanPause,
      long seed) {
    this.http = http;
    this.doors = doors;
    this.world = world;
    this.api = api;
    this.log = log;
    this.notebook = new Notebook(log, world);
    this.meanPause = meanPause;
    this.random = new Random(seed);
    this.reading = new Reading(api, notebook, world, log.person());
    this.sending = new Sending(api, notebook, world, log.person(), random);
    this.members = new Members(api, world, log.person(), colleagues, random);
    world.watches(log);
  }

  public DeviceLog log() {
    return log;
  }

  /// Begins nothing new from now on.
  public void settle() {
    settling = true;
  }

  /// What it still waits for; empty if it has sent everything, is connected and greeted, and has
  /// fetched everything.
  public Optional<String> unsettled() {
    return Optional.ofNullable(unsettled);
  }

  /// Ends it.
  public void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        if (connected() && notebook.isGreeted()) {
          reading.catchUp();
          sending.hearOutcomes(line);
          ping();
          if (!settling) {
            doSomething();
          }
        }
        unsettled = whatIsLeft();
        pause(settling ? SETTLED_LOOKS : between());
      }
      goAway();
    } catch (CancellationException _) {
      // the run is over
    } catch (Throwable problem) {
      world.answers().wrong("%s ended by %s".formatted(log.device(), problem));
      throw problem;
    }
  }

  private @Nullable String whatIsLeft() {
    Line now = line;
    if (!settling) {
      return "it goes on using the chat";
    } else if (now == null || now.isClosed()) {
      return "it is not connected; " + cut;
    } else if (!notebook.isGreeted()) {
      return "it was not greeted";
    } else if (sending.waiting() > 0) {
      return "messages of its own are not answered: " + sending.waiting();
    } else if (notebook.isListToFetch()) {
      return "it did not get the list of conversations";
    } else if (!notebook.toFetch().isEmpty()) {
      return "it did not get the messages of " + notebook.toFetch();
    }
    return null;
  }

  private boolean connected() {
    Line now = line;
    if (now != null && !now.isClosed()) {
      return true;
    }
    if (now != null) {
      cut = "its line was closed with " + now.closeCode();
      goAway();
    }
    if (AccessToken.hasEnded(api.token())) {
      api.renew();
    }
    notebook.awaitGreeting();
    Line opened =
        Line.open(
            http,
            doors.any(random),
            api.token(),
            notebook.lastEventId(),
            world.answers(),
            notebook::hear);
    if (opened == null) {
      cut = "its line did not open";
      failures++;
      pause(Duration.ofMillis(100L << Math.min(failures, 5)));
      return false;
    }
    failures = 0;
    line = opened;
    sending.again(opened);
    return true;
  }

  /// Disconnects, and receives nothing more.
  private void goAway() {
    Line now = line;
    if (now != null) {
      now.drop();
      line = null;
    }
  }

  private void ping() {
    Line now = line;
    if (now != null && System.nanoTime() - pingAt > 0) {
      pingAt = System.nanoTime() + BETWEEN_PINGS.toNanos();
      now.send(Map.of("type", "ping"));
    }
  }

  private void doSomething() {
    List<Talk> talks = world.talksOf(log.person());
    Talk talk = talks.get(random.nextInt(talks.size()));
    int choice = random.nextInt(1000);
    if (choice < 850) {
      write(talk);
    } else if (choice < 860) {
      writeWithFile(talk);
    } else if (choice < 930) {
      read(talk);
    } else if (choice < 950) {
      members.change(talk);
    } else if (choice < 960) {
      changeOwnView(talk);
    } else if (choice < 975) {
      Answer list = api.get("conversations/");
      world.answers().mayRefuse("list", list, Set.of());
    } else {
      goAway();
      pause(Duration.ofMillis(random.nextLong(LONGEST_AWAY.toMillis())));
    }
  }

  private void write(Talk talk) {
    if (!sending.isWaiting(talk.id())) {
      String key = log.device() + "-" + made++;
      sending.send(new Outgoing(talk.id(), key, "from " + key, null), line);
    }
  }

  private void writeWithFile(Talk talk) {
    if (sending.isWaiting(talk.id())) {
      return;
    }
    String key = log.device() + "-" + made++;
    Answer uploaded = api.upload(key + ".txt", "from " + key);
    if (uploaded.isDone()) {
      String file = uploaded.json().path("id").asText();
      sending.send(new Outgoing(talk.id(), key, "from " + key, file), line);
    } else {
      world.answers().mayRefuse("upload", uploaded, Set.of());
    }
  }

  private void read(Talk talk) {
    Message edge = notebook.edge(talk.id());
    if (edge == null) {
      return;
    }
    world.saysRead(log.person(), talk.id(), edge.seq());
    Line now = line;
    if (now != null && random.nextBoolean()) {
      now.send(Map.of("type", "mark_read", "conversation_id", talk.id(), "up_to", edge.id()));
      return;
    }
    Answer answer =
        api.post("conversations/" + talk.id() + "/mark_read/", Map.of("up_to", edge.id()));
    if (answer.isDone()) {
      world.confirmRead(log.person(), talk.id(), edge.seq());
    } else {
      world.answers().mayRefuse("mark_read", answer, talk.refusals(log.person()));
    }
  }

  /// Archives, mutes and takes it back.
  private void changeOwnView(Talk talk) {
    String[] changes = {"archive", "unarchive", "mute", "unmute"};
    Answer answer =
        api.patch(
            "conversations/%s/%s/".formatted(talk.id(), changes[random.nextInt(changes.length)]),
            Map.of());
    world.answers().mayRefuse("own view", answer, talk.refusals(log.person()));
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
