package com.secureapprove.chat.faultsuite;

import com.secureapprove.chat.faultsuite.Population.Person;
import com.secureapprove.chat.faultsuite.clients.ApiResponse;
import com.secureapprove.chat.faultsuite.clients.RunState.Conversation;
import com.secureapprove.chat.faultsuite.history.Guarantee;
import com.secureapprove.chat.faultsuite.history.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Sends requests of non-members, which must be refused.
final class AccessProbe {

  private final List<Person> people;
  private final List<Violation> found = new ArrayList<>();

  AccessProbe(List<Person> people) {
    this.people = people;
  }

  /// Requests of former members, of invited people and of another tenant that were not refused.
  List<Violation> found() {
    return List.copyOf(found);
  }

  void probe(Conversation conversation, Set<String> members) {
    Stream<Person> once =
        people.stream()
            .filter(person -> conversation.everMembers().contains(person.id()))
            .filter(person -> !members.contains(person.id()));
    once.forEach(person -> probe(conversation, person, Set.of(403, 404)));
    people.stream()
        .filter(person -> !person.tenant().equals(conversation.tenant()))
        .findFirst()
        .ifPresent(foreigner -> probe(conversation, foreigner, Set.of(404)));
  }

  private void probe(Conversation conversation, Person person, Set<Integer> refusals) {
    String path = "conversations/" + conversation.id();
    Map<String, String> message =
        Map.of("content", "let me in", "client_message_id", "outside-" + person.id());
    probeCall(refusals, person, conversation, () -> person.api().get(path + "/messages/"));
    probeCall(refusals, person, conversation, () -> person.api().get(path + "/participants/"));
    probeCall(
        refusals, person, conversation, () -> person.api().post(path + "/messages/", message));
  }

  private void probeCall(
      Set<Integer> refusals, Person person, Conversation conversation, Supplier<ApiResponse> call) {
    ApiResponse response = Retries.response(call);
    if (!refusals.contains(response.status())) {
      found.add(
          new Violation(
              Guarantee.ACCESS_ISOLATION,
              "%s, not a member of %s, received %s"
                  .formatted(person.id(), conversation.id(), response)));
    }
  }
}
