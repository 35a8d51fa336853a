/// Shared by the tests of conversation-service: real stores, and calls like those of other
/// components.
@NullMarked
package com.secureapprove.chat.conversation;

import org.jspecify.annotations.NullMarked;
