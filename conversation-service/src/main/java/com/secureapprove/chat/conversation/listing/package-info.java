/// Views of conversations for clients: one conversation, the list, the participants and the unread
/// totals.
///
/// A page of the list costs two statements and one call to message-service, regardless of its size.
/// This package never writes.
@NullMarked
package com.secureapprove.chat.conversation.listing;

import org.jspecify.annotations.NullMarked;
