package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.MessageStatus;

/// Where one person stands in a conversation, with what the others have reached: enough to tell the
/// status of any of its messages.
///
/// @param participant whether the person is in it at present
/// @param memberCount how many are in it, counted to 51
/// @param delivered the person's own delivered position; 0 where nothing was delivered
/// @param read the person's own read position; 0 where nothing was read
/// @param othersDelivered what everybody else has reached
/// @param othersRead what everybody else has read
public record ReadState(
    String userId,
    boolean participant,
    int memberCount,
    long lastSeq,
    long delivered,
    long read,
    FurthestPositions othersDelivered,
    FurthestPositions othersRead) {

  /// Whether the person has received everything up to `seq`.
  boolean isDelivered(long seq) {
    return seq <= Math.max(delivered, read);
  }

  /// The status of the message at `seq` as this person sees it: how far it has come with the others
  /// if it is their own, else how far it has come with them.
  public MessageStatus statusOf(String senderId, long seq) {
    return senderId.equals(userId)
        ? status(seq, othersDelivered.highest(), othersRead.highest())
        : status(seq, delivered, read);
  }

  /// The status that the message's sender sees, whoever it is.
  MessageStatus combinedStatusOf(String senderId, long seq) {
    return status(
        seq,
        Math.max(othersDelivered.byOthersThan(senderId), delivered),
        Math.max(othersRead.byOthersThan(senderId), read));
  }

  /// The standing after the person's positions have moved, forward only.
  public ReadState movedTo(long newDelivered, long newRead) {
    return new ReadState(
        userId,
        participant,
        memberCount,
        lastSeq,
        Math.max(delivered, newDelivered),
        Math.max(read, newRead),
        othersDelivered,
        othersRead);
  }

  /// The standing after messages were delivered to one of the others.
  ReadState withDelivered(String other, long position) {
    return new ReadState(
        userId,
        participant,
        memberCount,
        lastSeq,
        delivered,
        read,
        othersDelivered.with(other, position),
        othersRead);
  }

  private static MessageStatus status(long seq, long delivered, long read) {
    if (seq <= read) {
      return MessageStatus.READ;
    }
    return seq <= delivered ? MessageStatus.DELIVERED : MessageStatus.SENT;
  }
}
