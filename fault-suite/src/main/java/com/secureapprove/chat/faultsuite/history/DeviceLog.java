package com.secureapprove.chat.faultsuite.history;

import java.util.ArrayList;
import java.util.List;

/// The observations of one device. Thread-safe.
public final class DeviceLog {

  private final String device;
  private final String person;
  private final String tenant;
  private final List<HistoryEvent> events = new ArrayList<>();

  public DeviceLog(String device, String person, String tenant) {
    this.device = device;
    this.person = person;
    this.tenant = tenant;
  }

  public String device() {
    return device;
  }

  public String person() {
    return person;
  }

  public String tenant() {
    return tenant;
  }

  /// Records an observation.
  public synchronized void add(HistoryEvent event) {
    events.add(event);
  }

  /// A copy of all events.
  public synchronized List<HistoryEvent> events() {
    return List.copyOf(events);
  }
}
