package com.secureapprove.chat.presence.online;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person and their presence, as the list of people shows them.
///
/// @param lastSeen null if the person was never active
@RegisterForReflection
record PersonPresence(
    String id, String name, String email, boolean isOnline, @Nullable Instant lastSeen) {

  /// Returns all active people, ordered by e-mail address, with the data of PostgreSQL.
  static List<PersonPresence> ofActivePeople() {
    return Panache.getEntityManager()
        .createQuery(
            """
            select new com.secureapprove.chat.presence.online.PersonPresence(
              p.id, p.name, p.email, false, s.seenAt)
            from Person p left join LastSeen s on s.personId = p.id
            where p.active order by lower(p.email), p.id
            """,
            PersonPresence.class)
        .getResultList();
  }

  PersonPresence with(boolean online, @Nullable Instant seen) {
    return new PersonPresence(id, name, email, online, seen == null ? lastSeen : seen);
  }
}
