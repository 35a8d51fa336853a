package com.secureapprove.chat.systemtests.chaos.history;

import java.util.List;

/// A run: what every device saw, and what is there at the end.
public record History(
    List<DeviceLog> devices, List<Room> rooms, List<Standing> standings, List<LastWord> lastWords) {

  public History {
    devices = List.copyOf(devices);
    rooms = List.copyOf(rooms);
    standings = List.copyOf(standings);
    lastWords = List.copyOf(lastWords);
  }
}
