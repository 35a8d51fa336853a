/// Sends the messages of all connections to message-service: in lanes that keep the order within a
/// conversation, and in batches that share a transaction.
///
/// Start with [MessageSender]. This package never stores a message and never checks permissions.
@NullMarked
package com.secureapprove.chat.gateway.posting;

import org.jspecify.annotations.NullMarked;
