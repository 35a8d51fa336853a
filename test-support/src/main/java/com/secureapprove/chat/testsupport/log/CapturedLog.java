package com.secureapprove.chat.testsupport.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The warnings and errors that classes of the suite log while it is open.
public final class CapturedLog extends Handler implements AutoCloseable {
  private static final Logger SUITE = Logger.getLogger("com.secureapprove.chat");

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  public CapturedLog() {
    SUITE.addHandler(this);
  }

  /// The messages that start with a key, such as `dependency_unavailable`.
  public List<String> warnings(String key) {
    return records.stream().map(CapturedLog::text).filter(text -> text.startsWith(key)).toList();
  }

  /// The messages with a stack trace.
  public List<String> stackTraces() {
    return records.stream()
        .filter(logged -> logged.getThrown() != null)
        .map(CapturedLog::text)
        .toList();
  }

  private static String text(LogRecord logged) {
    Object[] parameters = logged.getParameters();
    return parameters == null || parameters.length == 0
        ? logged.getMessage()
        : logged.getMessage().formatted(parameters);
  }

  @Override
  public void publish(LogRecord logged) {
    if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
      records.add(logged);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    SUITE.removeHandler(this);
  }
}
