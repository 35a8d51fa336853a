/// Storing messages: one order, once each, acknowledged after the commit.
@NullMarked
package com.secureapprove.chat.message.posting;

import org.jspecify.annotations.NullMarked;
