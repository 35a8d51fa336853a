package com.secureapprove.chat.systemtests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.chaos.Population.Person;
import com.secureapprove.chat.systemtests.chaos.clients.Api;
import com.secureapprove.chat.systemtests.chaos.clients.Api.Answer;
import com.secureapprove.chat.systemtests.chaos.clients.Messages;
import com.secureapprove.chat.systemtests.chaos.clients.World;
import com.secureapprove.chat.systemtests.chaos.clients.World.KeptFile;
import com.secureapprove.chat.systemtests.chaos.clients.World.Talk;
import com.secureapprove.chat.systemtests.chaos.history.Message;
import com.secureapprove.chat.systemtests.chaos.history.Room;
import com.secureapprove.chat.systemtests.chaos.history.Standing;
import com.secureapprove.chat.systemtests.chaos.history.Violation;
import com.secureapprove.chat.systemtests.chaos.history.Violation.Promise;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/// Asks the gateway, when all is quiet again, what is there in the end.
final class Inspection {

  private static final int PAGE = 200;
  private static final int READERS = 2;

  private final World world;
  private final List<Person> people;

  Inspection(World world, List<Person> people) {
    this.world = world;
    this.people = people;
  }

  List<Room> rooms() {
    List<Room> rooms = new ArrayList<>();
    for (Talk talk : world.talks()) {
      Person owner = person(talk.owner());
      Set<String> members = members(talk, owner);
      Map<String, List<Message>> stored = new HashMap<>();
      people.stream()
          .filter(person -> members.contains(person.id()))
          .limit(READERS)
          .forEach(person -> stored.put(person.id(), messages(talk, person)));
      rooms.add(new Room(talk.id(), talk.tenant(), talk.everMembers(), members, stored));
    }
    return rooms;
  }

  private static Set<String> members(Talk talk, Person owner) {
    Set<String> members = new HashSet<>();
    Population.done(() -> owner.api().get("conversations/" + talk.id() + "/participants/"))
        .forEach(member -> members.add(member.path("id").asText()));
    return members;
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

  /// The files that are not what they were.
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
