package com.secureapprove.chat.faultsuite.history;

import static com.secureapprove.chat.faultsuite.history.ExampleHistory.CONVERSATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Lists, unread counts and read positions.
class FinalReadStateTest {

  private static final FinalReadState BOB =
      new FinalReadState("bob", CONVERSATION, 3, 0, 2, true, 0, 0);

  private final ExampleHistory history = new ExampleHistory().deliverAll();

  @Test
  void aTooHighUnreadCountIsFound() {
    history.setReadState(new FinalReadState("bob", CONVERSATION, 3, 1, 2, true, 0, 1));

    assertThat(history.check()).containsExactly(Guarantee.UNREAD_COUNT);
  }

  @Test
  void aTooLowUnreadCountIsFound() {
    history.setReadState(new FinalReadState("bob", CONVERSATION, 3, 0, 1, true, 0, 0));

    assertThat(history.check()).containsExactly(Guarantee.UNREAD_COUNT);
  }

  @Test
  void aLaterMemberMayHaveALowerUnreadCount() {
    history.setReadState(new FinalReadState("bob", CONVERSATION, 3, 0, 0, false, 0, 0));

    assertThat(history.check()).isEmpty();
  }

  @Test
  void aTooHighUnreadCountOfALaterMemberIsFound() {
    history.setReadState(new FinalReadState("bob", CONVERSATION, 3, 0, 3, false, 0, 0));

    assertThat(history.check()).containsExactly(Guarantee.UNREAD_COUNT);
  }

  @Test
  void aWrongLastSequenceNumberIsFound() {
    history.setReadState(new FinalReadState("bob", CONVERSATION, 2, 0, 2, true, 0, 0));

    assertThat(history.check()).containsExactly(Guarantee.UNREAD_COUNT);
  }

  @Test
  void aReadPositionThatMovedBackIsFound() {
    history.setReadState(new FinalReadState("bob", CONVERSATION, 3, 1, 1, true, 3, 3));

    assertThat(history.check()).containsExactly(Guarantee.MONOTONIC_READ_POSITION);
  }

  @Test
  void aReadPositionBeyondTheLastMessageIsFound() {
    history.setReadState(new FinalReadState("bob", CONVERSATION, 3, 4, 0, true, 0, 4));

    assertThat(history.check()).containsExactly(Guarantee.MONOTONIC_READ_POSITION);
  }

  @Test
  void aReadPositionThatNoDeviceRequestedIsFound() {
    history.setReadState(new FinalReadState("bob", CONVERSATION, 3, 3, 0, true, 0, 1));

    assertThat(history.check()).containsExactly(Guarantee.NO_SPURIOUS_READ);
  }

  @Test
  void aMissingListEntryIsFound() {
    history.readStates.put("bob", List.of());

    assertThat(history.check()).containsExactly(Guarantee.LISTED_ONCE);
  }

  @Test
  void aDuplicateListEntryIsFound() {
    history.readStates.put("bob", List.of(BOB, BOB));

    assertThat(history.check()).containsExactly(Guarantee.LISTED_ONCE);
  }
}
