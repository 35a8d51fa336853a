/// The contract about messages, positions and their events.
@NullMarked
package com.secureapprove.chat.systemtests.messages;

import org.jspecify.annotations.NullMarked;
