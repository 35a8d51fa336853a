/// Typing signals sent over REST. Nothing is stored durably.
@NullMarked
package com.secureapprove.chat.conversation.typing;

import org.jspecify.annotations.NullMarked;
