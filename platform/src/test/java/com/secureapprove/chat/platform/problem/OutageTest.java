package com.secureapprove.chat.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClosedException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

  // connection failures (the last of a pooler), shutdown, crash, cannot connect now, no connection
  // left, disk full, out of memory, read-only, wrong password, role without login, no such
  // database,
  // I/O error
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000", "08001", "08003", "08004", "08006", "08P01", "57P01", "57P02", "57P03", "57P05",
        "53300", "53100", "53200", "25006", "28P01", "28000", "3D000", "58030"
      })
  void databaseThatCannotAnswerIsOne(String state) {
    assertThat(Outage.of(new IllegalStateException(new SQLException("gone", state))))
        .contains(Outage.DATABASE);
  }

  // deadlock, serialization, a statement and a lock that took too long, an idle transaction
  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001", "57014", "55P03", "25P03"})
  void transactionThatWasEndedIsOne(String state) {
    assertThat(Outage.of(new IllegalStateException(new SQLException("ended", state))))
        .contains(Outage.TRANSACTION);
  }

  @Test
  void poolWithoutAFreeConnectionIsOne() {
    assertThat(Outage.of(new IllegalStateException(new SQLException("Acquisition timeout"))))
        .contains(Outage.DATABASE);
  }

  @Test
  void componentThatClosesTheConnectionIsOne() {
    assertThat(Outage.isCauseOf(new IllegalStateException(new IOException("closed")))).isTrue();
  }

  @Test
  void componentThatClosesTheConnectionDuringItsResponseIsOne() {
    assertThat(Outage.isCauseOf(new HttpClosedException("closed"))).isTrue();
  }

  // unique violation, syntax error, permission denied
  @ParameterizedTest
  @ValueSource(strings = {"23505", "42601", "42501"})
  void statementThatIsRefusedIsNone(String state) {
    RollbackException rolledBack = new RollbackException();
    rolledBack.initCause(new SQLException("no", state));

    assertThat(Outage.isCauseOf(rolledBack)).isFalse();
  }

  @Test
  void ownErrorIsNone() {
    assertThat(Outage.isCauseOf(new NullPointerException())).isFalse();
  }

  @Test
  void cyclicCausesEnd() {
    RuntimeException one = new RuntimeException();
    RuntimeException other = new RuntimeException(one);
    one.initCause(other);

    assertThat(Outage.isCauseOf(one)).isFalse();
  }
}
