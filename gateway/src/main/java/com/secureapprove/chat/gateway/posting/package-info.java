/// Sends of all sessions on their way to message-service: in lanes by conversation, so that order
/// is kept, and together, so that they cost less.
@NullMarked
package com.secureapprove.chat.gateway.posting;

import org.jspecify.annotations.NullMarked;
