package com.secureapprove.chat.serviceplatform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.serviceplatform.SampleAggregates;
import com.secureapprove.chat.serviceplatform.SampleStores;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A table that a migration passes to `isolate_by_tenant` has the same protection as older tables.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class IsolateByTenantTest {
  @Inject SampleAggregates samples;
  @Inject EntityManager database;

  private final UUID sample = UUID.randomUUID();

  @Test
  void rowsAreVisibleToTheirTenantOnly() throws Exception {
    samples.rename(sample, "secret");
    assertThat(titlesSeenBy("acme")).containsExactly("secret");
    assertThat(titlesSeenBy("globex")).isEmpty();
  }

  @Test
  void rowOfAnotherTenantCannotBeWritten() {
    assertThatThrownBy(() ->
            inTenant(
                "globex",
                "with w as (insert into sample (tenant, id) values ('acme', :id) returning title)"
                    + " select title from w"))
        .hasStackTraceContaining("row-level security");
  }

  @Test
  void ownerIsIsolatedToo() throws Exception {
    assertThat(
            SampleStores.one(
                "select relrowsecurity and relforcerowsecurity from pg_class where oid ="
                    + " 'sample'::regclass"))
        .isEqualTo("t");
  }

  private List<Object> titlesSeenBy(String tenant) throws Exception {
    return inTenant(tenant, "select title from sample where id = :id");
  }

  @SuppressWarnings("unchecked") // JPA knows the type of a native query only at run time
  private List<Object> inTenant(String tenant, String query) throws Exception {
    return Caller.callAs(
        tenant,
        () ->
            QuarkusTransaction.requiringNew()
                .call(() ->
                    database
                        .createNativeQuery(query, Object.class)
                        .setParameter("id", sample)
                        .getResultList()));
  }
}
