package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.MessageStatus;

/// What one person has received and read in a conversation, with the furthest positions of all its
/// people. Enough to compute the status of any message of the conversation.
///
/// @param participant whether the person is a participant now
/// @param memberCount the number of present participants
/// @param lastSeq the `seq` of the newest message; 0 while there is none
/// @param delivered the person's own delivered position; 0 if nothing was delivered
/// @param read the person's own read position; 0 if nothing was read
public record ReadState(
    String userId,
    boolean participant,
    int memberCount,
    long lastSeq,
    long delivered,
    long read,
    FurthestPositions furthestDelivered,
    FurthestPositions furthestRead) {

  /// The largest conversation in which positions are shared.
  private static final int MAX_SHARED_POSITIONS = 50;

  /// Whether events carry each participant's positions to the others, not only message statuses.
  boolean sharesPositions() {
    return memberCount <= MAX_SHARED_POSITIONS;
  }

  /// Whether the person has received everything up to `seq`.
  boolean isDelivered(long seq) {
    return seq <= Math.max(delivered, read);
  }

  /// The status of the message at `seq` as this person sees it. The sender sees the furthest status
  /// of all other people; a recipient sees the own one.
  public MessageStatus statusOf(String senderId, long seq) {
    return senderId.equals(userId) ? combinedStatusOf(senderId, seq) : status(seq, delivered, read);
  }

  /// The status that the message's sender sees.
  MessageStatus combinedStatusOf(String senderId, long seq) {
    return status(
        seq, furthestDelivered.byOthersThan(senderId), furthestRead.byOthersThan(senderId));
  }

  /// The state after the person's positions have moved. Positions only move forward.
  public ReadState movedTo(long newDelivered, long newRead) {
    long nowDelivered = Math.max(delivered, newDelivered);
    long nowRead = Math.max(read, newRead);
    return new ReadState(
        userId,
        participant,
        memberCount,
        lastSeq,
        nowDelivered,
        nowRead,
        furthestDelivered.with(userId, nowDelivered),
        furthestRead.with(userId, nowRead));
  }

  /// The state after messages up to `position` were delivered to another person.
  ReadState withDelivered(String other, long position) {
    return new ReadState(
        userId,
        participant,
        memberCount,
        lastSeq,
        delivered,
        read,
        furthestDelivered.with(other, position),
        furthestRead);
  }

  private static MessageStatus status(long seq, long delivered, long read) {
    if (seq <= read) {
      return MessageStatus.READ;
    }
    return seq <= delivered ? MessageStatus.DELIVERED : MessageStatus.SENT;
  }
}
