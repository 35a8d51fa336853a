/// Who may write and read in a conversation: this service's own rows, applied from the owner's
/// changes (conversation-service) in the order of their versions. Never decides who belongs.
@NullMarked
package com.secureapprove.chat.message.membership;

import org.jspecify.annotations.NullMarked;
