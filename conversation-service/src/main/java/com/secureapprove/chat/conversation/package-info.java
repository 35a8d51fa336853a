/// conversation-service: the owner of conversations, participants and roles.
@NullMarked
package com.secureapprove.chat.conversation;

import org.jspecify.annotations.NullMarked;
