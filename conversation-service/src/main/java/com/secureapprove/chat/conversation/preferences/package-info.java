/// How somebody arranges a conversation for themselves: put away, muted. Nobody else sees it.
@NullMarked
package com.secureapprove.chat.conversation.preferences;

import org.jspecify.annotations.NullMarked;
