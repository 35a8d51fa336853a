package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.clients.Api;
import com.secureapprove.chat.faultsuite.clients.Device;
import com.secureapprove.chat.faultsuite.clients.RunState;
import com.secureapprove.chat.faultsuite.faults.Disruption;
import com.secureapprove.chat.faultsuite.faults.FaultInjector;
import com.secureapprove.chat.faultsuite.faults.FaultTargets;
import com.secureapprove.chat.faultsuite.faults.Rollout;
import com.secureapprove.chat.faultsuite.history.Checker;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.FinalConversation;
import com.secureapprove.chat.faultsuite.history.FinalMessage;
import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Guarantee;
import com.secureapprove.chat.faultsuite.history.History;
import com.secureapprove.chat.faultsuite.history.HistoryEvent;
import com.secureapprove.chat.localstack.process.Polling;
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

/// One run: start the stack, inject faults while clients use it, wait for quiescence, read the
/// final state, check the history.
public final class FaultRun implements Callable<Verdict> {

  private static final Duration QUIESCENCE_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(30);

  private final RunSettings settings;
  private final PrintWriter out;

  public FaultRun(RunSettings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public Verdict call() throws Exception {
    log("Seed %d, faults for %s".formatted(settings.seed(), settings.time()));
    RunState runState = new RunState();
    try (HttpClient http = Api.newClient();
        ProxiedStack proxiedStack = new ProxiedStack(settings)) {
      proxiedStack.start();
      log(
          "The stack is ready"
              + (proxiedStack.hasDisk() ? "" : "; disk faults are not possible here"));
      Population workload = new Population(proxiedStack, http, runState, settings.seed());
      workload.setUp();
      List<Device> devices = workload.devices(settings.messagesPerSecond());
      Findings findings = new Findings();
      findings.checked(Guarantee.COVERAGE, 1);
      Disruption disruption = disruption(proxiedStack);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
          AutoCloseable _ = () -> devices.forEach(Device::stop)) {
        devices.forEach(threads::execute);
        Thread progress = Thread.ofVirtual().start(() -> progress(runState));
        disruption.run(settings.time());
        progress.interrupt();
        log("All faults have ended; %d messages acknowledged".formatted(runState.acknowledged()));
        disruption
            .injected()
            .values()
            .forEach(times -> findings.checked(Guarantee.RECOVERY, times));
        proxiedStack
            .notReady()
            .forEach(name -> findings.violated(Guarantee.RECOVERY, name + " is not ready"));
        disruption.failures().forEach(failure -> findings.violated(Guarantee.RECOVERY, failure));
        Findings quiescence = quiesce(devices, QUIESCENCE_TIMEOUT);
        quiescence.violations().forEach(violation -> log(violation.toString()));
        findings.add(quiescence);
        log(
            "Quiescent; devices received %d resync frames"
                .formatted(count(devices, HistoryEvent.Resynced.class)));
        FinalStateReader finalState = new FinalStateReader(runState, workload.people());
        findings.violated(finalState.membershipDifferences());
        devices.forEach(device -> device.log().add(new HistoryEvent.FaultsEnded()));
        List<FinalMessage> finalMessages = finalState.finalMessages();
        findings.violated(finalState.accessViolations());
        List<FinalConversation> conversations = finalState.conversations();
        findings.checked(Guarantee.FILE_DURABILITY, runState.files().size());
        findings.violated(finalState.changedFiles());
        findings.add(check(devices, conversations, finalMessages, finalState));
        findings.add(new ServerErrors(proxiedStack.stack(), http).found());
      }
      findings.checked(Guarantee.ALLOWED_RESPONSES, runState.responses().checked());
      runState
          .responses()
          .violations()
          .forEach((what, times) ->
              findings.violated(
                  Guarantee.ALLOWED_RESPONSES, "%s (%d times)".formatted(what, times)));
      return new Verdict(
          settings.seed(),
          runState.acknowledged(),
          count(devices, HistoryEvent.Delivered.class),
          disruption.injected(),
          findings);
    }
  }

  private Disruption disruption(ProxiedStack proxiedStack) {
    FaultTargets targets = proxiedStack.targets();
    return settings.former() == null
        ? new FaultInjector(targets, settings.seed(), settings.meanGap(), this::log)
        : new Rollout(targets, settings.seed(), this::log);
  }

  /// Makes all devices quiescent. The findings name the pending work of devices that are not.
  static Findings quiesce(List<Device> devices, Duration within) {
    Findings findings = new Findings();
    findings.checked(Guarantee.QUIESCENCE, devices.size());
    devices.forEach(Device::quiesce);
    Polling.until(
        within,
        POLL_INTERVAL,
        () -> devices.stream().allMatch(each -> each.pendingWork().isEmpty()));
    for (Device device : devices) {
      device
          .pendingWork()
          .ifPresent(why ->
              findings.violated(
                  Guarantee.QUIESCENCE,
                  "%s is not quiescent: %s".formatted(device.log().device(), why)));
    }
    return findings;
  }

  /// Devices may still receive the last messages; everything else is final.
  private static Findings check(
      List<Device> devices,
      List<FinalConversation> conversations,
      List<FinalMessage> finalMessages,
      FinalStateReader finalState) {
    List<Findings> found = new ArrayList<>();
    Polling.until(
        QUIESCENCE_TIMEOUT,
        POLL_INTERVAL,
        () -> {
          List<DeviceLog> logs = devices.stream().map(Device::log).toList();
          found.add(
              Checker.check(
                  new History(logs, conversations, finalState.readStates(), finalMessages)));
          return found.getLast().violations().stream()
              .allMatch(violation -> violation.guarantee() != Guarantee.CONVERGENCE);
        });
    return found.getLast();
  }

  private static long count(List<Device> devices, Class<? extends HistoryEvent> kind) {
    return devices.stream()
        .flatMap(device -> device.log().events().stream())
        .filter(kind::isInstance)
        .count();
  }

  private void progress(RunState runState) {
    try {
      while (true) {
        Polling.pause(PROGRESS_INTERVAL);
        log("%d messages acknowledged".formatted(runState.acknowledged()));
      }
    } catch (CancellationException _) {
      // the faults have ended
    }
  }

  private synchronized void log(String line) {
    out.printf("%s  %s%n", LocalTime.now().truncatedTo(ChronoUnit.MILLIS), line);
    out.flush();
  }
}
