package com.secureapprove.chat.faultsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.Population.Person;
import com.secureapprove.chat.faultsuite.clients.Api;
import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import com.secureapprove.chat.faultsuite.clients.Messages;
import com.secureapprove.chat.faultsuite.clients.World;
import com.secureapprove.chat.faultsuite.clients.World.KeptFile;
import com.secureapprove.chat.faultsuite.clients.World.Talk;
import com.secureapprove.chat.faultsuite.history.LastWord;
import com.secureapprove.chat.faultsuite.history.Message;
import com.secureapprove.chat.faultsuite.history.Room;
import com.secureapprove.chat.faultsuite.history.Seen;
import com.secureapprove.chat.faultsuite.history.Standing;
import com.secureapprove.chat.faultsuite.history.Violation;
import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import com.secureapprove.chat.localstack.process.Waiting;
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
final class Inspection {

  private static final int PAGE = 200;
  private static final int READERS = 2;
  private static final Duration AGREE_WITHIN = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final World world;
  private final List<Person> people;

  Inspection(World world, List<Person> people) {
    this.world = world;
    this.people = people;
  }

  /// The conversations whose members differ between conversation-service and its copy in
  /// message-service.
  List<Violation> disagreements() {
    List<Violation> found = new ArrayList<>();
    Waiting.until(
        AGREE_WITHIN,
        BETWEEN_LOOKS,
        () -> {
          found.clear();
          for (Talk talk : world.talks()) {
            Set<String> members = members(talk);
            Set<String> readers = ids(talk, "receipts/", "user_id");
            if (!members.equals(readers)) {
              String what = "%s has %s, its messages %s".formatted(talk.id(), members, readers);
              found.add(new Violation(Promise.NOT_YOURS_NOT_SEEN, what));
            }
          }
          return found.isEmpty();
        });
    return found;
  }

  /// Every owner sends a final message, which all devices of members must receive.
  List<LastWord> lastWords() {
    List<LastWord> said = new ArrayList<>();
    for (Talk talk : world.talks()) {
      Seen.Sent sent = new Seen.Sent(talk.id(), "last-word-" + talk.id(), "the last word");
      Map<String, String> body = Map.of("content", sent.content(), "client_message_id", sent.key());
      Api api = person(talk.owner()).api();
      JsonNode answer =
          Population.done(() -> api.post("conversations/" + talk.id() + "/messages/", body));
      said.add(new LastWord(talk.owner(), sent, Messages.parse(answer)));
    }
    return said;
  }

  /// Requests of non-members that were not refused.
  List<Violation> intrusions() {
    Outsiders outsiders = new Outsiders(people);
    world.talks().forEach(talk -> outsiders.tryAt(talk, members(talk)));
    return outsiders.found();
  }

  List<Room> rooms() {
    List<Room> rooms = new ArrayList<>();
    for (Talk talk : world.talks()) {
      Set<String> members = members(talk);
      Map<String, List<Message>> stored = new HashMap<>();
      people.stream()
          .filter(person -> members.contains(person.id()))
          .limit(READERS)
          .forEach(person -> stored.put(person.id(), messages(talk, person)));
      Set<String> always = talk.fixed() ? members : Set.of(talk.owner());
      rooms.add(new Room(talk.id(), talk.tenant(), talk.everMembers(), members, always, stored));
    }
    return rooms;
  }

  private Set<String> members(Talk talk) {
    return ids(talk, "participants/", "id");
  }

  /// The people whom the owner is shown there.
  private Set<String> ids(Talk talk, String where, String field) {
    Api api = person(talk.owner()).api();
    Set<String> ids = new HashSet<>();
    Population.done(() -> api.get("conversations/" + talk.id() + "/" + where))
        .forEach(one -> ids.add(one.path(field).asText()));
    return ids;
  }

  /// All messages, oldest first.
  private static List<Message> messages(Talk talk, Person reader) {
    List<Message> messages = new ArrayList<>();
    String before = "";
    while (true) {
      String path = "conversations/%s/messages/?limit=%d%s".formatted(talk.id(), PAGE, before);
      JsonNode page = Population.done(() -> reader.api().get(path));
      List<Message> older = new ArrayList<>();
      page.forEach(json -> older.add(Messages.parse(json)));
      messages.addAll(0, older);
      if (older.size() < PAGE) {
        return messages;
      }
      before = "&before_id=" + older.getFirst().id();
    }
  }

  List<Standing> standings() {
    List<Standing> standings = new ArrayList<>();
    for (Person person : people) {
      for (JsonNode json : Population.done(() -> wholeList(person))) {
        String id = json.path("id").asText();
        boolean fromTheStart =
            world.talks().stream()
                .filter(talk -> talk.id().equals(id))
                .anyMatch(talk -> talk.fixed() || talk.owner().equals(person.id()));
        standings.add(
            new Standing(
                person.id(),
                id,
                json.path("last_seq").asLong(),
                json.path("last_read_seq").asLong(),
                json.path("unread_count").asLong(),
                fromTheStart,
                world.confirmedRead(person.id(), id),
                world.saidRead(person.id(), id)));
      }
    }
    return standings;
  }

  /// A list without its counts says that a part did not answer, and is as good as no answer.
  private static Answer wholeList(Person person) {
    Answer list = person.api().get("conversations/?archived=all");
    boolean counted =
        list.isDone()
            && StreamSupport.stream(list.json().spliterator(), false)
                .allMatch(json -> json.hasNonNull("unread_count"));
    return !list.isDone() || counted ? list : new Answer(0, new byte[0]);
  }

  /// The files whose content changed.
  List<Violation> lostFiles() {
    List<Violation> lost = new ArrayList<>();
    for (KeptFile file : world.files()) {
      Talk talk =
          world.talks().stream()
              .filter(each -> each.id().equals(file.conversation()))
              .findFirst()
              .orElseThrow();
      Api api = person(talk.owner()).api();
      Answer answer = Population.answer(() -> api.get("attachments/" + file.id() + "/download/"));
      if (!new String(answer.body(), StandardCharsets.UTF_8).equals(file.text())) {
        lost.add(new Violation(Promise.FILES_ARE_KEPT, file + " is " + answer));
      }
    }
    return lost;
  }

  private Person person(String id) {
    return people.stream().filter(person -> person.id().equals(id)).findFirst().orElseThrow();
  }
}
