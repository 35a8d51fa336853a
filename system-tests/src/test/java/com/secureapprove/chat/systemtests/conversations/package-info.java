/// Every row of the contract about conversations and groups, with its errors and frames.
@NullMarked
package com.secureapprove.chat.systemtests.conversations;

import org.jspecify.annotations.NullMarked;
