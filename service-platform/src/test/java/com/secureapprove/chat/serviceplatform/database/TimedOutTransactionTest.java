package com.secureapprove.chat.serviceplatform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.secureapprove.chat.platform.problem.Outage;
import com.secureapprove.chat.serviceplatform.SampleStores;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;

/// The transaction manager rolls back a transaction that takes too long, on a thread of its own.
/// The working thread learns of it at its next statement or at the commit.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class TimedOutTransactionTest {
  @Inject EntityManager entities;

  @Test
  void isAnOutageAtTheNextStatement() {
    Throwable failure =
        catchThrowable(() ->
            QuarkusTransaction.requiringNew()
                .timeout(1)
                .run(() -> {
                  sleep();
                  entities.createNativeQuery("select 1").getSingleResult();
                }));
    assertThat(failure).isNotNull();
    assertThat(Outage.isCauseOf(failure)).as("%s", failure).isTrue();
  }

  @Test
  void isAnOutageAtTheCommit() {
    Throwable failure =
        catchThrowable(() -> QuarkusTransaction.requiringNew().timeout(1).run(this::sleep));
    assertThat(failure).isNotNull();
    assertThat(Outage.isCauseOf(failure)).as("%s", failure).isTrue();
  }

  @Test
  void isAnOutageByTheMessageOfHibernate() {
    assertThat(
            Outage.isCauseOf(
                new HibernateException("Transaction was rolled back in a different thread")))
        .isTrue();
    assertThat(Outage.isCauseOf(new HibernateException("anything else"))).isFalse();
  }

  private void sleep() {
    entities.createNativeQuery("select cast(pg_sleep(3) as text)").getSingleResult();
  }
}
