package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.clients.Api.Answer;
import com.secureapprove.chat.faultsuite.clients.World.Talk;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Changes the members of conversations in the name of one person.
final class Members {

  private final Api api;
  private final World world;
  private final String self;
  private final List<String> colleagues;
  private final Random random;

  /// @param colleagues all people of the tenant
  Members(Api api, World world, String self, List<String> colleagues, Random random) {
    this.api = api;
    this.world = world;
    this.self = self;
    this.colleagues = List.copyOf(colleagues);
    this.random = random;
  }

  /// Adds or removes a person as the owner, or leaves.
  void change(Talk talk) {
    if (talk.fixed()) {
      return;
    }
    if (!talk.owner().equals(self)) {
      world.answers().mayRefuse("leaving", remove(self, talk), talk.refusals(self));
      return;
    }
    String colleague = colleagues.get(random.nextInt(colleagues.size()));
    if (colleague.equals(self)) {
      return;
    }
    if (random.nextInt(3) > 0) {
      world.answers().mayRefuse("inviting", invite(colleague, talk), Set.of());
    } else {
      // they may be out already
      world.answers().mayRefuse("removing", remove(colleague, talk), Set.of(404));
    }
  }

  private Answer remove(String person, Talk talk) {
    return api.post(
        "conversations/" + talk.id() + "/remove_participant/", Map.of("participant_id", person));
  }

  private Answer invite(String colleague, Talk talk) {
    world.invited(colleague, talk);
    Answer answer =
        api.post(
            "conversations/" + talk.id() + "/add_participants/",
            Map.of("participant_ids", List.of(colleague)));
    if (answer.isUncertain()) {
      return answer;
    }
    // a person in neither list may have been added and removed again
    boolean wasIn =
        answer.isDone()
            && !names(answer.json().path("added_participants"), colleague)
            && names(answer.json().path("conversation").path("participants"), colleague);
    if (!answer.isDone() || wasIn) {
      world.notInvited(colleague, talk);
    }
    return answer;
  }

  private static boolean names(JsonNode people, String person) {
    return people.findValuesAsText("id").contains(person);
  }
}
