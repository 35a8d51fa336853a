/// What the tests of conversation-service share: real stores, and calls as other parts make them.
@NullMarked
package com.secureapprove.chat.conversation;

import org.jspecify.annotations.NullMarked;
