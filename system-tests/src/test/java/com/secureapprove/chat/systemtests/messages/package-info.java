/// Every row of the contract about messages, positions and what is told of them.
@NullMarked
package com.secureapprove.chat.systemtests.messages;

import org.jspecify.annotations.NullMarked;
