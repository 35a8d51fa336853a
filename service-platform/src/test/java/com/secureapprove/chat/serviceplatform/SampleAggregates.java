package com.secureapprove.chat.serviceplatform;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.serviceplatform.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;

/// The sample aggregate of the tenant `acme`. Each change of its title is an event, written under
/// its row lock.
@Singleton
public class SampleAggregates {
  private final EntityManager database;
  private final Outbox outbox;

  SampleAggregates(EntityManager database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /// Sets the title and creates the aggregate if it does not exist.
  public void rename(UUID id, String title) {
    try {
      Caller.callAs(
          "acme",
          () -> {
            QuarkusTransaction.requiringNew().run(() -> change(id, title));
            return null;
          });
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// The title, as a list of one; empty if the aggregate does not exist.
  @SuppressWarnings("unchecked") // JPA knows the type of a native query only at run time
  public List<String> titles(UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(() ->
            database
                .createNativeQuery("select title from sample where id = :id", String.class)
                .setParameter("id", id)
                .getResultList());
  }

  private void change(UUID id, String title) {
    Number version =
        (Number)
            database
                .createNativeQuery(
                    """
                    insert into sample as s (tenant, id, title, version)
                    values ('acme', :id, :title, 1)
                    on conflict (tenant, id) do update
                    set title = excluded.title, version = s.version + 1
                    returning version
                    """)
                .setParameter("id", id)
                .setParameter("title", title)
                .getSingleResult();
    outbox.append(
        id.toString(), version.longValue(), new ChatEvent.ConversationUpdated(id, title, "alice"));
  }
}
