package com.secureapprove.chat.testsupport.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The log lines written while it is open: the warnings and errors of classes of the suite, or all
/// lines of one category.
public final class CapturedLog extends Handler implements AutoCloseable {
  private final Logger logger;
  private final Level least;
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /// Captures the warnings and errors of the suite.
  public CapturedLog() {
    this("com.secureapprove.chat", Level.WARNING);
  }

  private CapturedLog(String category, Level least) {
    this.logger = Logger.getLogger(category);
    this.least = least;
    logger.addHandler(this);
  }

  /// Captures all lines of a category. The empty category has all lines of the process.
  public static CapturedLog of(String category) {
    return new CapturedLog(category, Level.ALL);
  }

  /// The messages that start with a key, such as `dependency_unavailable`.
  public List<String> warnings(String key) {
    return lines(key);
  }

  /// The messages that start with a key.
  public List<String> lines(String key) {
    return records.stream().map(CapturedLog::text).filter(text -> text.startsWith(key)).toList();
  }

  /// The messages of errors.
  public List<String> errors() {
    return records.stream()
        .filter(logged -> logged.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(CapturedLog::text)
        .toList();
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
    if (logged.getLevel().intValue() >= least.intValue()) {
      records.add(logged);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
