/// Creates groups and changes their participants, roles and titles.
///
/// Every change holds the row lock of the conversation and increments its version. After the commit
/// it sends the new membership to message-service. It never handles messages.
@NullMarked
package com.secureapprove.chat.conversation.groups;

import org.jspecify.annotations.NullMarked;
