/// A copy of the directory, for senders' names; presence-service owns it and is asked on a miss.
@NullMarked
package com.secureapprove.chat.message.people;

import org.jspecify.annotations.NullMarked;
