/// Conversations and who is in them: the rows, the look-ups of other parts, and the telling of
/// message-service.
@NullMarked
package com.secureapprove.chat.conversation.membership;

import org.jspecify.annotations.NullMarked;
