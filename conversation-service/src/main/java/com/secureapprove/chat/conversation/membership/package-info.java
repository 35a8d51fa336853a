/// Conversations and their participants: the tables, the internal look-ups, and the updates sent to
/// message-service.
///
/// The only owner of membership. It never stores messages or positions.
@NullMarked
package com.secureapprove.chat.conversation.membership;

import org.jspecify.annotations.NullMarked;
