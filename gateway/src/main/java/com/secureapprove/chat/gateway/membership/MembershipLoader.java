package com.secureapprove.chat.gateway.membership;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.UUID;

/// Loads the memberships of a tenant's local people into the index: of one person when they
/// connect, and of all people after events were lost.
///
/// On the shard's event loop only.
public final class MembershipLoader {
  private final String tenant;
  private final MembershipClient client;
  private final MembershipIndex index;
  private final SequencedSet<String> toReload = new LinkedHashSet<>();
  private boolean reloading;

  public MembershipLoader(String tenant, MembershipClient client, MembershipIndex index) {
    this.tenant = tenant;
    this.client = client;
    this.index = index;
  }

  /// Loads the memberships of a person. Neither callback runs if the person has left the index, or
  /// has left and returned.
  public void load(String person, Runnable onLoaded, Runnable onFailure) {
    long stay = index.stayOf(person);
    Map<UUID, MembershipIndex.Participation> before = index.of(person);
    client.membershipsOf(
        tenant,
        person,
        loaded -> {
          if (index.stayOf(person) == stay) {
            index.replace(person, before, loaded.memberships());
            onLoaded.run();
          }
        },
        () -> {
          if (index.stayOf(person) == stay) {
            onFailure.run();
          }
        });
  }

  /// Loads the memberships of all people again, one person at a time. The index keeps its content
  /// until then. A failed load is retried.
  public void reloadAll() {
    toReload.addAll(index.people());
    reloadNext();
  }

  private void reloadNext() {
    while (!reloading && !toReload.isEmpty()) {
      String person = toReload.removeFirst();
      if (index.stayOf(person) != MembershipIndex.ABSENT) {
        reload(person);
      }
    }
  }

  private void reload(String person) {
    reloading = true;
    long stay = index.stayOf(person);
    Map<UUID, MembershipIndex.Participation> before = index.of(person);
    client.membershipsOf(
        tenant,
        person,
        loaded -> {
          if (index.stayOf(person) == stay) {
            index.replace(person, before, loaded.memberships());
          }
          reloading = false;
          reloadNext();
        },
        () -> {
          toReload.add(person);
          reloading = false;
          reloadNext();
        });
  }
}
