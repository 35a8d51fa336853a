/// Groups: making them, who is in them and as what, and what they are called.
///
/// Every change holds the conversation's row lock, raises its version, and is told to
/// message-service after the commit.
@NullMarked
package com.secureapprove.chat.conversation.groups;

import org.jspecify.annotations.NullMarked;
