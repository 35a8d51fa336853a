package com.secureapprove.chat.faultsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.Population.Person;
import com.secureapprove.chat.faultsuite.clients.Api;
import com.secureapprove.chat.faultsuite.clients.ApiResponse;
import com.secureapprove.chat.faultsuite.clients.MessageJson;
import com.secureapprove.chat.faultsuite.clients.RunState;
import com.secureapprove.chat.faultsuite.clients.RunState.Conversation;
import com.secureapprove.chat.faultsuite.clients.RunState.StoredFile;
import com.secureapprove.chat.faultsuite.history.FinalConversation;
import com.secureapprove.chat.faultsuite.history.FinalMessage;
import com.secureapprove.chat.faultsuite.history.FinalReadState;
import com.secureapprove.chat.faultsuite.history.Guarantee;
import com.secureapprove.chat.faultsuite.history.HistoryEvent;
import com.secureapprove.chat.faultsuite.history.ObservedMessage;
import com.secureapprove.chat.faultsuite.history.Violation;
import com.secureapprove.chat.localstack.process.Polling;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/// Reads the final state from the gateway, after all faults have ended.
final class FinalStateReader {

  private static final int PAGE = 200;
  private static final int READERS = 2;
  private static final Duration AGREEMENT_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private final RunState runState;
  private final List<Person> people;

  FinalStateReader(RunState runState, List<Person> people) {
    this.runState = runState;
    this.people = people;
  }

  /// The conversations whose members differ between conversation-service and its copy in
  /// message-service.
  List<Violation> membershipDifferences() {
    List<Violation> found = new ArrayList<>();
    Polling.until(
        AGREEMENT_TIMEOUT,
        POLL_INTERVAL,
        () -> {
          found.clear();
          for (Conversation conversation : runState.conversations()) {
            Set<String> members = members(conversation);
            Set<String> readers = ids(conversation, "receipts/", "user_id");
            if (!members.equals(readers)) {
              String what =
                  "%s has members %s in conversation-service, but %s in message-service"
                      .formatted(conversation.id(), members, readers);
              found.add(new Violation(Guarantee.ACCESS_ISOLATION, what));
            }
          }
          return found.isEmpty();
        });
    return found;
  }

  /// Every owner sends a final message, which all devices of members must receive.
  List<FinalMessage> finalMessages() {
    List<FinalMessage> said = new ArrayList<>();
    for (Conversation conversation : runState.conversations()) {
      HistoryEvent.SendInvoked sent =
          new HistoryEvent.SendInvoked(
              conversation.id(), "final-" + conversation.id(), "the final message");
      Map<String, String> body = Map.of("content", sent.content(), "client_message_id", sent.key());
      Api api = person(conversation.owner()).api();
      JsonNode response =
          Retries.success(
              () -> api.post("conversations/" + conversation.id() + "/messages/", body));
      said.add(new FinalMessage(conversation.owner(), sent, MessageJson.parse(response)));
    }
    return said;
  }

  /// Requests of non-members that were not refused.
  List<Violation> accessViolations() {
    AccessProbe outsiders = new AccessProbe(people);
    runState
        .conversations()
        .forEach(conversation -> outsiders.probe(conversation, members(conversation)));
    return outsiders.found();
  }

  List<FinalConversation> conversations() {
    List<FinalConversation> conversations = new ArrayList<>();
    for (Conversation conversation : runState.conversations()) {
      Set<String> members = members(conversation);
      Map<String, List<ObservedMessage>> stored = new HashMap<>();
      people.stream()
          .filter(person -> members.contains(person.id()))
          .limit(READERS)
          .forEach(person -> stored.put(person.id(), messages(conversation, person)));
      Set<String> permanentMembers = conversation.fixed() ? members : Set.of(conversation.owner());
      conversations.add(
          new FinalConversation(
              conversation.id(),
              conversation.tenant(),
              conversation.everMembers(),
              members,
              permanentMembers,
              stored));
    }
    return conversations;
  }

  private Set<String> members(Conversation conversation) {
    return ids(conversation, "participants/", "id");
  }

  /// The ids in a list of people, as the owner receives it.
  private Set<String> ids(Conversation conversation, String where, String field) {
    Api api = person(conversation.owner()).api();
    Set<String> ids = new HashSet<>();
    Retries.success(() -> api.get("conversations/" + conversation.id() + "/" + where))
        .forEach(one -> ids.add(one.path(field).asText()));
    return ids;
  }

  /// All messages, oldest first.
  private static List<ObservedMessage> messages(Conversation conversation, Person reader) {
    List<ObservedMessage> messages = new ArrayList<>();
    String before = "";
    while (true) {
      String path =
          "conversations/%s/messages/?limit=%d%s".formatted(conversation.id(), PAGE, before);
      JsonNode page = Retries.success(() -> reader.api().get(path));
      List<ObservedMessage> older = new ArrayList<>();
      page.forEach(json -> older.add(MessageJson.parse(json)));
      messages.addAll(0, older);
      if (older.size() < PAGE) {
        return messages;
      }
      before = "&before_id=" + older.getFirst().id();
    }
  }

  List<FinalReadState> readStates() {
    List<FinalReadState> readStates = new ArrayList<>();
    for (Person person : people) {
      for (JsonNode json : Retries.success(() -> wholeList(person))) {
        String id = json.path("id").asText();
        boolean permanent =
            runState.conversations().stream()
                .filter(conversation -> conversation.id().equals(id))
                .anyMatch(conversation ->
                    conversation.fixed() || conversation.owner().equals(person.id()));
        readStates.add(
            new FinalReadState(
                person.id(),
                id,
                json.path("last_seq").asLong(),
                json.path("last_read_seq").asLong(),
                json.path("unread_count").asLong(),
                permanent,
                runState.confirmedRead(person.id(), id),
                runState.requestedRead(person.id(), id)));
      }
    }
    return readStates;
  }

  /// The complete list. A list without unread counts means that a component did not respond; it
  /// counts as no response.
  private static ApiResponse wholeList(Person person) {
    ApiResponse list = person.api().get("conversations/?archived=all");
    boolean counted =
        list.isSuccess()
            && StreamSupport.stream(list.json().spliterator(), false)
                .allMatch(json -> json.hasNonNull("unread_count"));
    return !list.isSuccess() || counted ? list : new ApiResponse(0, new byte[0]);
  }

  /// The files whose content changed.
  List<Violation> changedFiles() {
    List<Violation> lost = new ArrayList<>();
    for (StoredFile file : runState.files()) {
      Conversation conversation =
          runState.conversations().stream()
              .filter(each -> each.id().equals(file.conversation()))
              .findFirst()
              .orElseThrow();
      Api api = person(conversation.owner()).api();
      ApiResponse response =
          Retries.response(() -> api.get("attachments/" + file.id() + "/download/"));
      if (!new String(response.body(), StandardCharsets.UTF_8).equals(file.text())) {
        lost.add(
            new Violation(
                Guarantee.FILE_DURABILITY, "%s was downloaded as %s".formatted(file, response)));
      }
    }
    return lost;
  }

  private Person person(String id) {
    return people.stream().filter(person -> person.id().equals(id)).findFirst().orElseThrow();
  }
}
