/// Passing on, over REST, that somebody is typing. Nothing of it is kept.
@NullMarked
package com.secureapprove.chat.conversation.typing;

import org.jspecify.annotations.NullMarked;
