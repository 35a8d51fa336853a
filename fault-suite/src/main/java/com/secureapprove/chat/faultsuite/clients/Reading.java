package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import com.secureapprove.chat.faultsuite.history.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks over REST for what a device is to have and no event brings.
final class Reading {

  private static final int PAGE = 200;

  private final Api api;
  private final Notebook notebook;
  private final World world;
  private final String person;

  Reading(Api api, Notebook notebook, World world, String person) {
    this.api = api;
    this.notebook = notebook;
    this.world = world;
    this.person = person;
  }

  /// Fetches what no event will bring.
  void catchUp() {
    if (notebook.isListToFetch()) {
      Answer list = api.get("conversations/?archived=all");
      if (list.isDone()) {
        notebook.listed(list.json());
      } else {
        world.answers().mayRefuse("list", list, Set.of());
      }
    }
    notebook.toFetch().forEach(this::fetch);
  }

  private void fetch(String conversation) {
    while (true) {
      Message edge = notebook.edge(conversation);
      // the oldest page cannot be asked for by its number, so a new reader goes backwards
      boolean done = edge == null ? fetchBackwards(conversation) : fetchAfter(conversation, edge);
      if (done) {
        return;
      }
    }
  }

  private boolean fetchAfter(String conversation, Message edge) {
    JsonNode page = page(conversation, "since_id=" + edge.id());
    if (page == null) {
      return true;
    }
    notebook.fetched(page);
    if (page.size() < PAGE) {
      notebook.fetchedAll(conversation);
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
    pages.forEach(notebook::fetched);
    notebook.fetchedAll(conversation);
    return true;
  }

  /// A page of messages; null where it cannot be had now, or never.
  private @Nullable JsonNode page(String conversation, String which) {
    Answer answer =
        api.get("conversations/%s/messages/?limit=%d&%s".formatted(conversation, PAGE, which));
    if (answer.isDone()) {
      return answer.json();
    }
    world.answers().mayRefuse("history", answer, world.refusals(conversation, person));
    if (answer.status() == 403 || answer.status() == 404) {
      // the person was removed in between; when added again, an event says so
      notebook.fetchedAll(conversation);
    }
    return null;
  }
}
