package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.stack.ComponentFailure;
import com.secureapprove.chat.localstack.stack.Progress;
import com.secureapprove.chat.localstack.stack.StackHome;
import java.io.PrintWriter;
import java.time.Duration;

/// Prints the progress of `up`, line by line.
final class Console implements Progress {

  private final PrintWriter out;
  private final long since = System.nanoTime();
  private boolean stopping;

  Console(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void ready(String name, String address, Duration took) {
    say("  %-14s ready after %5.1f s   %s".formatted(name, seconds(took), address));
  }

  @Override
  public synchronized void note(String line) {
    say(line);
  }

  synchronized void failed(ComponentFailure failure, StackHome home, int lines) {
    if (stopping) {
      // The start was cancelled by the shutdown, which is no failure.
      return;
    }
    say(String.valueOf(failure.getMessage()));
    tail(failure.component().label(), home, lines);
  }

  synchronized void died(String name, StackHome home, int lines) {
    say(
        "%s ended unexpectedly. The others keep running. ./chat up starts it again."
            .formatted(name));
    tail(name, home, lines);
  }

  synchronized void stopping() {
    stopping = true;
    say("Stopping …");
  }

  synchronized void stopped() {
    say(
        "Everything is stopped; the data is kept. The stack ran for %.0f s."
            .formatted(seconds(Duration.ofNanos(System.nanoTime() - since))));
  }

  private void tail(String name, StackHome home, int lines) {
    LogFile log = new LogFile(home.log(name));
    say("Last lines of %s:".formatted(log.file()));
    log.lastLines(lines).forEach(line -> say("  | " + line));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
