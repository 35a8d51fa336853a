/// What people see of their conversations: one, the list, and how much is unread.
///
/// A page costs two statements here and one call to message-service, whatever its size.
@NullMarked
package com.secureapprove.chat.conversation.listing;

import org.jspecify.annotations.NullMarked;
