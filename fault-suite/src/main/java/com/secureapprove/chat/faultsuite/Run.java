package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.clients.Api;
import com.secureapprove.chat.faultsuite.clients.Device;
import com.secureapprove.chat.faultsuite.clients.World;
import com.secureapprove.chat.faultsuite.faults.Faults;
import com.secureapprove.chat.faultsuite.history.Checker;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.History;
import com.secureapprove.chat.faultsuite.history.LastWord;
import com.secureapprove.chat.faultsuite.history.Room;
import com.secureapprove.chat.faultsuite.history.Seen;
import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import com.secureapprove.chat.localstack.process.Waiting;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// One run: start, use and harm, mend, inspect, check.
public final class Run implements Callable<Verdict> {

  private static final Duration SETTLES_WITHIN = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_NEWS = Duration.ofSeconds(30);

  private final Settings settings;
  private final PrintWriter out;

  public Run(Settings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public Verdict call() throws Exception {
    tell("Seed %d, %s of faults".formatted(settings.seed(), settings.time()));
    World world = new World();
    try (HttpClient http = Api.newClient();
        Site site = new Site(settings)) {
      site.start();
      tell("The stack is up" + (site.hasDisk() ? "" : "; its disk cannot be filled here"));
      Population population = new Population(site, http, world, settings.seed());
      population.settleIn();
      List<Device> devices = population.devices(settings.messagesPerSecond());
      Findings findings = new Findings();
      findings.held(Promise.TESTED, 1);
      Faults faults = new Faults(site.targets(), settings.seed(), settings.meanGap(), this::tell);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
          AutoCloseable _ = () -> devices.forEach(Device::stop)) {
        devices.forEach(threads::execute);
        Thread news = Thread.ofVirtual().start(() -> news(world));
        faults.run(settings.time());
        news.interrupt();
        tell("No more faults; %d messages so far".formatted(world.acknowledged()));
        faults.done().values().forEach(times -> findings.held(Promise.STAYS_UP, times));
        site.notReady().forEach(name -> findings.broken(Promise.STAYS_UP, name + " is not ready"));
        faults.failures().forEach(failure -> findings.broken(Promise.STAYS_UP, failure));
        Findings settled = settle(devices, SETTLES_WITHIN);
        settled.violations().forEach(violation -> tell(violation.toString()));
        findings.add(settled);
        tell(
            "All is quiet; devices were told to reload %d times"
                .formatted(count(devices, Seen.Resynced.class)));
        Inspection inspection = new Inspection(world, population.people());
        findings.broken(inspection.disagreements());
        devices.forEach(device -> device.log().add(new Seen.Quiet()));
        List<LastWord> lastWords = inspection.lastWords();
        findings.broken(inspection.intrusions());
        List<Room> rooms = inspection.rooms();
        findings.held(Promise.FILES_ARE_KEPT, world.files().size());
        findings.broken(inspection.lostFiles());
        findings.add(check(devices, rooms, lastWords, inspection));
        findings.add(new Mishaps(site.stack(), http).found());
      }
      findings.held(Promise.ANSWERS_AS_PROMISED, world.answers().heard());
      world
          .answers()
          .wrong()
          .forEach((what, times) ->
              findings.broken(Promise.ANSWERS_AS_PROMISED, "%s (%d times)".formatted(what, times)));
      return new Verdict(
          settings.seed(),
          world.acknowledged(),
          count(devices, Seen.Delivered.class),
          faults.done(),
          findings);
    }
  }

  /// Has all devices come to rest; what those wait for that do not.
  static Findings settle(List<Device> devices, Duration within) {
    Findings findings = new Findings();
    findings.held(Promise.SETTLES, devices.size());
    devices.forEach(Device::settle);
    Waiting.until(
        within, BETWEEN_LOOKS, () -> devices.stream().allMatch(each -> each.unsettled().isEmpty()));
    for (Device device : devices) {
      device
          .unsettled()
          .ifPresent(why ->
              findings.broken(
                  Promise.SETTLES, "%s does not: %s".formatted(device.log().device(), why)));
    }
    return findings;
  }

  /// Devices may still receive the last messages; everything else is final.
  private static Findings check(
      List<Device> devices, List<Room> rooms, List<LastWord> lastWords, Inspection inspection) {
    List<Findings> found = new ArrayList<>();
    Waiting.until(
        SETTLES_WITHIN,
        BETWEEN_LOOKS,
        () -> {
          List<DeviceLog> logs = devices.stream().map(Device::log).toList();
          found.add(Checker.check(new History(logs, rooms, inspection.standings(), lastWords)));
          return found.getLast().violations().stream()
              .allMatch(violation -> violation.promise() != Promise.CAUGHT_UP);
        });
    return found.getLast();
  }

  private static long count(List<Device> devices, Class<? extends Seen> kind) {
    return devices.stream()
        .flatMap(device -> device.log().seen().stream())
        .filter(kind::isInstance)
        .count();
  }

  private void news(World world) {
    try {
      while (true) {
        Waiting.pause(BETWEEN_NEWS);
        tell("%d messages so far".formatted(world.acknowledged()));
      }
    } catch (CancellationException _) {
      // there are no more faults
    }
  }

  private synchronized void tell(String line) {
    out.printf("%s  %s%n", LocalTime.now().truncatedTo(ChronoUnit.MILLIS), line);
    out.flush();
  }
}
