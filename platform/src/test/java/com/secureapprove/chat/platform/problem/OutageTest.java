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

  // connection failure, admin shutdown, cannot connect now, too many connections, deadlock,
  // a statement and a lock that took too long, a transaction that idled too long
  @ParameterizedTest
  @ValueSource(
      strings = {"08006", "08003", "57P01", "57P03", "53300", "40P01", "57014", "55P03", "25P03"})
  void aDatabaseThatCannotAnswerIsOne(String state) {
    assertThat(Outage.isCauseOf(new IllegalStateException(new SQLException("gone", state))))
        .isTrue();
  }

  @Test
  void aPoolThatHasNoConnectionIsOne() {
    assertThat(Outage.isCauseOf(new IllegalStateException(new SQLException("Acquisition timeout"))))
        .isTrue();
  }

  @Test
  void anotherPartThatClosesTheConnectionIsOne() {
    assertThat(Outage.isCauseOf(new IllegalStateException(new IOException("closed")))).isTrue();
  }

  @Test
  void anotherPartThatClosesTheConnectionInTheMiddleOfItsAnswerIsOne() {
    assertThat(Outage.isCauseOf(new HttpClosedException("closed"))).isTrue();
  }

  // unique violation, syntax error, permission denied
  @ParameterizedTest
  @ValueSource(strings = {"23505", "42601", "42501"})
  void aStatementThatIsRefusedIsNone(String state) {
    RollbackException rolledBack = new RollbackException();
    rolledBack.initCause(new SQLException("no", state));

    assertThat(Outage.isCauseOf(rolledBack)).isFalse();
  }

  @Test
  void aMistakeOfOursIsNone() {
    assertThat(Outage.isCauseOf(new NullPointerException())).isFalse();
  }

  @Test
  void causesThatGoInCirclesEnd() {
    RuntimeException one = new RuntimeException();
    RuntimeException other = new RuntimeException(one);
    one.initCause(other);

    assertThat(Outage.isCauseOf(one)).isFalse();
  }
}
