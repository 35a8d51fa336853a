package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.connection.CloseCause;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.UUID;

/// Finds out in which conversations a tenant's local people are: of each when they come, and of all
/// again, one after the other, when events were missed.
///
/// On the audience's thread only.
final class MembershipLoader {
  private final String tenant;
  private final MembershipClient owner;
  private final Subscribers people;
  private final MembershipIndex memberships;
  private final SequencedSet<String> again = new LinkedHashSet<>();
  private boolean underWay;

  MembershipLoader(
      String tenant, MembershipClient owner, Subscribers people, MembershipIndex memberships) {
    this.tenant = tenant;
    this.owner = owner;
    this.people = people;
    this.memberships = memberships;
  }

  /// Somebody has come; their sessions begin when it is known where they are.
  void load(String id, Subscriber person) {
    Map<UUID, MembershipIndex.Participation> before = memberships.of(id);
    owner.membershipsOf(
        tenant,
        id,
        loaded -> {
          if (people.find(id) == person) {
            memberships.learnOf(id, before, loaded.memberships());
            person.loaded();
            person.catchingUp().forEach(CatchUp::begin);
          }
        },
        () -> {
          if (people.find(id) == person) {
            person.sessions().forEach(session -> session.close(CloseCause.UNAVAILABLE));
            people.leave(id);
          }
        });
  }

  /// Asks again of everybody; until that is done, what was known counts.
  void loadAgain() {
    again.addAll(people.all());
    goOn();
  }

  private void goOn() {
    while (!underWay && !again.isEmpty()) {
      String id = again.removeFirst();
      Subscriber person = people.find(id);
      if (person != null) {
        loadAgain(id, person);
      }
    }
  }

  private void loadAgain(String id, Subscriber person) {
    underWay = true;
    Map<UUID, MembershipIndex.Participation> before = memberships.of(id);
    owner.membershipsOf(
        tenant,
        id,
        loaded -> {
          if (people.find(id) == person) {
            memberships.learnOf(id, before, loaded.memberships());
          }
          underWay = false;
          goOn();
        },
        () -> {
          again.add(id);
          underWay = false;
          goOn();
        });
  }
}
