package com.secureapprove.chat.faultsuite.history;

import java.util.List;

/// The history of a run: the observations of every device, and the final state.
public record History(
    List<DeviceLog> devices,
    List<FinalConversation> conversations,
    List<FinalReadState> readStates,
    List<FinalMessage> finalMessages) {

  public History {
    devices = List.copyOf(devices);
    conversations = List.copyOf(conversations);
    readStates = List.copyOf(readStates);
    finalMessages = List.copyOf(finalMessages);
  }
}
