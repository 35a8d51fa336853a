package com.secureapprove.chat.presence.online;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.TenantId;

/// The last activity of a person, as of the last batch.
@Entity
@Table(name = "last_seen")
public class LastSeen extends PanacheEntityBase {
  @Id public String personId;
  @TenantId public String tenant;
  public Instant seenAt;

  static Map<String, Instant> since(Instant since) {
    Map<String, Instant> at = new LinkedHashMap<>();
    LastSeen.<LastSeen>list("seenAt >= ?1", since).forEach(s -> at.put(s.personId, s.seenAt));
    return at;
  }

  /// Moves the times forward, never backward. Ignores people who are not in the directory.
  static void save(String tenant, Map<String, Instant> at) {
    List<Map.Entry<String, Instant>> entries = List.copyOf(at.entrySet());
    getEntityManager()
        .createNativeQuery(
            """
            insert into last_seen (tenant, person_id, seen_at)
            select p.tenant, p.id, s.seen_at
            from unnest(cast(?1 as text[]), cast(?2 as timestamptz[])) as s(id, seen_at)
            join person p on p.tenant = ?3 and p.id = s.id
            order by p.id
            on conflict (tenant, person_id) do update
            set seen_at = greatest(last_seen.seen_at, excluded.seen_at)
            """)
        .setParameter(1, entries.stream().map(Map.Entry::getKey).toArray(String[]::new))
        .setParameter(
            2, entries.stream().map(e -> Timestamp.from(e.getValue())).toArray(Timestamp[]::new))
        .setParameter(3, tenant)
        .executeUpdate();
  }
}
