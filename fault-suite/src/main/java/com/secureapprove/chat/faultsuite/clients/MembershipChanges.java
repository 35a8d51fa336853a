package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.clients.RunState.Conversation;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Adds and removes members of conversations on behalf of one person.
final class MembershipChanges {

  private final Api api;
  private final RunState runState;
  private final String self;
  private final List<String> colleagues;
  private final Random random;

  /// @param colleagues all people of the tenant
  MembershipChanges(
      Api api, RunState runState, String self, List<String> colleagues, Random random) {
    this.api = api;
    this.runState = runState;
    this.self = self;
    this.colleagues = List.copyOf(colleagues);
    this.random = random;
  }

  /// Adds or removes a person as the owner, or leaves.
  void change(Conversation conversation) {
    if (conversation.fixed()) {
      return;
    }
    if (!conversation.owner().equals(self)) {
      runState
          .responses()
          .checkStatus("leave", remove(self, conversation), conversation.refusals(self));
      return;
    }
    String colleague = colleagues.get(random.nextInt(colleagues.size()));
    if (colleague.equals(self)) {
      return;
    }
    if (random.nextInt(3) > 0) {
      runState
          .responses()
          .checkStatus("add participant", invite(colleague, conversation), Set.of());
    } else {
      // the person may have left already
      runState
          .responses()
          .checkStatus("remove participant", remove(colleague, conversation), Set.of(404));
    }
  }

  private ApiResponse remove(String person, Conversation conversation) {
    return api.post(
        "conversations/" + conversation.id() + "/remove_participant/",
        Map.of("participant_id", person));
  }

  private ApiResponse invite(String colleague, Conversation conversation) {
    runState.inviteInvoked(colleague, conversation);
    ApiResponse response =
        api.post(
            "conversations/" + conversation.id() + "/add_participants/",
            Map.of("participant_ids", List.of(colleague)));
    if (response.isIndeterminate()) {
      return response;
    }
    // a person in neither list may have been added and removed again
    boolean wasMember =
        response.isSuccess()
            && !names(response.json().path("added_participants"), colleague)
            && names(response.json().path("conversation").path("participants"), colleague);
    if (!response.isSuccess() || wasMember) {
      runState.inviteFailed(colleague, conversation);
    }
    return response;
  }

  private static boolean names(JsonNode people, String person) {
    return people.findValuesAsText("id").contains(person);
  }
}
