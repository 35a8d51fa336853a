package com.secureapprove.chat.faultsuite.history;

import java.util.ArrayList;
import java.util.List;

/// All that one device of a person saw. Safe for several threads.
public final class DeviceLog {

  private final String device;
  private final String person;
  private final String tenant;
  private final List<Seen> seen = new ArrayList<>();

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
  public synchronized void add(Seen what) {
    seen.add(what);
  }

  /// All of it so far.
  public synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }
}
