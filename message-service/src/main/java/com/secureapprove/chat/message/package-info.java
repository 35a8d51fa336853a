/// message-service: messages and their order, idempotency keys, and each participant's delivered
/// and read position. Here is only the handler of other services' events.
@NullMarked
package com.secureapprove.chat.message;

import org.jspecify.annotations.NullMarked;
