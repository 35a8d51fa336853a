/// Completes conversation lists: the last message and the unread count of each conversation.
@NullMarked
package com.secureapprove.chat.message.summaries;

import org.jspecify.annotations.NullMarked;
