package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.history.ObservedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fetches messages over REST that no event will deliver to a device.
final class Fetcher {

  private static final int PAGE = 200;

  private final Api api;
  private final DeviceState deviceState;
  private final RunState runState;
  private final String person;

  Fetcher(Api api, DeviceState deviceState, RunState runState, String person) {
    this.api = api;
    this.deviceState = deviceState;
    this.runState = runState;
    this.person = person;
  }

  /// Fetches the list of conversations and missing messages.
  void catchUp() {
    if (deviceState.isListToFetch()) {
      ApiResponse list = api.get("conversations/?archived=all");
      if (list.isSuccess()) {
        deviceState.listed(list.json());
      } else {
        runState.responses().checkStatus("list", list, Set.of());
      }
    }
    deviceState.toFetch().forEach(this::fetch);
  }

  private void fetch(String conversation) {
    while (true) {
      ObservedMessage lastContiguous = deviceState.lastContiguous(conversation);
      // the API has no cursor for the first page, so a new reader pages backwards
      boolean done =
          lastContiguous == null
              ? fetchBackwards(conversation)
              : fetchAfter(conversation, lastContiguous);
      if (done) {
        return;
      }
    }
  }

  private boolean fetchAfter(String conversation, ObservedMessage lastContiguous) {
    JsonNode page = page(conversation, "since_id=" + lastContiguous.id());
    if (page == null) {
      return true;
    }
    deviceState.fetched(page);
    if (page.size() < PAGE) {
      deviceState.fetchedAll(conversation);
      return true;
    }
    return false;
  }

  private boolean fetchBackwards(String conversation) {
    List<JsonNode> pages = new ArrayList<>();
    String before = "";
    while (true) {
      JsonNode page = page(conversation, before);
      if (page == null) {
        return true;
      }
      pages.add(page);
      if (page.size() < PAGE) {
        break;
      }
      before = "before_id=" + page.path(0).path("id").asText();
    }
    pages.forEach(deviceState::fetched);
    deviceState.fetchedAll(conversation);
    return true;
  }

  /// A page of messages; null if it is not available now, or not any more.
  private @Nullable JsonNode page(String conversation, String which) {
    ApiResponse response =
        api.get("conversations/%s/messages/?limit=%d&%s".formatted(conversation, PAGE, which));
    if (response.isSuccess()) {
      return response.json();
    }
    runState.responses().checkStatus("history", response, runState.refusals(conversation, person));
    if (response.status() == 403 || response.status() == 404) {
      // the person was removed; an event announces when the person is added again
      deviceState.fetchedAll(conversation);
    }
    return null;
  }
}
