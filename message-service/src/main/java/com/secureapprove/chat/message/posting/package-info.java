/// Stores messages: one order, once for each idempotency key, acknowledged after the commit. Start
/// reading at [MessagePosting]. Never decides who may send; it asks the membership rows.
@NullMarked
package com.secureapprove.chat.message.posting;

import org.jspecify.annotations.NullMarked;
