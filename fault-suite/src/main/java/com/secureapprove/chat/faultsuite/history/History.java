package com.secureapprove.chat.faultsuite.history;

import java.util.List;

/// The history of a run: the observations of every device, and the final state.
public record History(
    List<DeviceLog> devices, List<Room> rooms, List<Standing> standings, List<LastWord> lastWords) {

  public History {
    devices = List.copyOf(devices);
    rooms = List.copyOf(rooms);
    standings = List.copyOf(standings);
    lastWords = List.copyOf(lastWords);
  }
}
