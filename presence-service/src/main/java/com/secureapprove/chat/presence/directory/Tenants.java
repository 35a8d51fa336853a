package com.secureapprove.chat.presence.directory;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;

/// The tenants that have anybody in their directory.
@Singleton
public class Tenants {
  private final EntityManager database;

  Tenants(EntityManager database) {
    this.database = database;
  }

  /// The names of all of them, for work that goes through them one by one.
  public List<String> all() {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          // Opens this one table's names, and no people's rows, to this one transaction.
          database
              .createNativeQuery("select set_config('chat.all_tenants', 'on', true)")
              .getSingleResult();
          return database
              .createNativeQuery("select tenant from directory order by tenant", String.class)
              .getResultList()
              .stream()
              .map(String.class::cast)
              .toList();
        });
  }
}
