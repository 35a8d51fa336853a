/// What a list of conversations shows of messages: the last one, and how many are unread.
@NullMarked
package com.secureapprove.chat.message.summaries;

import org.jspecify.annotations.NullMarked;
