/// conversation-service: which conversations there are, who is in them, and as what.
@NullMarked
package com.secureapprove.chat.conversation;

import org.jspecify.annotations.NullMarked;
