package com.secureapprove.chat.serviceplatform.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;

/// The tenants that have data in a service, for jobs that process them one by one.
@Singleton
public class Tenants {
  private final EntityManager database;

  Tenants(EntityManager database) {
    this.database = database;
  }

  /// The names of all tenants, in a new transaction.
  ///
  /// @param table of the service's schema, with a column `tenant` and a policy that shows its rows
  ///   while `chat.all_tenants` is on; must not come from a request
  public List<String> in(String table) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          // Shows the names in this one table, and no rows of other tables, to this transaction.
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
