package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.Population.Person;
import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import com.secureapprove.chat.faultsuite.clients.World.Talk;
import com.secureapprove.chat.faultsuite.history.Violation;
import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Non-members that try what only members may do.
final class Outsiders {

  private final List<Person> people;
  private final List<Violation> found = new ArrayList<>();

  Outsiders(List<Person> people) {
    this.people = people;
  }

  /// Requests that were not refused to former members, to invited people, and to a person of
  /// another tenant.
  List<Violation> found() {
    return List.copyOf(found);
  }

  void tryAt(Talk talk, Set<String> members) {
    Stream<Person> once =
        people.stream()
            .filter(person -> talk.everMembers().contains(person.id()))
            .filter(person -> !members.contains(person.id()));
    once.forEach(person -> tryAt(talk, person, Set.of(403, 404)));
    people.stream()
        .filter(person -> !person.tenant().equals(talk.tenant()))
        .findFirst()
        .ifPresent(stranger -> tryAt(talk, stranger, Set.of(404)));
  }

  private void tryAt(Talk talk, Person person, Set<Integer> refusals) {
    String path = "conversations/" + talk.id();
    Map<String, String> message =
        Map.of("content", "let me in", "client_message_id", "outside-" + person.id());
    tryTo(refusals, person, talk, () -> person.api().get(path + "/messages/"));
    tryTo(refusals, person, talk, () -> person.api().get(path + "/participants/"));
    tryTo(refusals, person, talk, () -> person.api().post(path + "/messages/", message));
  }

  private void tryTo(Set<Integer> refusals, Person person, Talk talk, Supplier<Answer> call) {
    Answer answer = Population.answer(call);
    if (!refusals.contains(answer.status())) {
      found.add(
          new Violation(
              Promise.NOT_YOURS_NOT_SEEN,
              "%s, who is not in %s, gets %s".formatted(person.id(), talk.id(), answer)));
    }
  }
}
