package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.MessageStatus;

/// Where one person stands in a conversation, with what the others have reached: enough to tell the
/// status of any of its messages.
///
/// @param userId whose standing it is
/// @param delivered the person's own delivered position; 0 where nothing was delivered
/// @param read the person's own read position; 0 where nothing was read
/// @param othersDelivered the highest delivered position of anybody else
/// @param othersRead the highest read position of anybody else
public record Standing(
    String userId,
    boolean participant,
    long lastSeq,
    long delivered,
    long read,
    long othersDelivered,
    long othersRead) {

  /// The status of the message at `seq` as this person sees it: how far it has come with the others
  /// if it is their own, else how far it has come with them.
  public MessageStatus statusOf(String senderId, long seq) {
    boolean own = senderId.equals(userId);
    if (seq <= (own ? othersRead : read)) {
      return MessageStatus.READ;
    }
    return seq <= (own ? othersDelivered : delivered)
        ? MessageStatus.DELIVERED
        : MessageStatus.SENT;
  }
}
