package com.secureapprove.chat.serviceplatform.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;

/// The tenants that a service has anything of, for work that goes through them one by one.
@Singleton
public class Tenants {
  private final EntityManager database;

  Tenants(EntityManager database) {
    this.database = database;
  }

  /// The names of all of them, in a transaction of its own.
  ///
  /// @param table of the service's schema, with a column `tenant` and a policy that shows its rows
  ///   while `chat.all_tenants` is on; never what a caller said
  public List<String> in(String table) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          // Opens this one table's names, and nobody's rows, to this one transaction.
          database
              .createNativeQuery("select set_config('chat.all_tenants', 'on', true)")
              .getSingleResult();
          return database
              .createNativeQuery("select tenant from " + table + " order by tenant")
              .getResultList()
              .stream()
              .map(String.class::cast)
              .toList();
        });
  }
}
