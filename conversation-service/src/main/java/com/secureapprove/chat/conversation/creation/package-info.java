/// Begins conversations: the one 1-to-1 between two people, and groups.
@NullMarked
package com.secureapprove.chat.conversation.creation;

import org.jspecify.annotations.NullMarked;
