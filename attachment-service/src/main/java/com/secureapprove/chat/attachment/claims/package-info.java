/// Claims of files: before a message is stored, message-service binds its files to its idempotency
/// key. A claimed file never moves to another message.
@NullMarked
package com.secureapprove.chat.attachment.claims;

import org.jspecify.annotations.NullMarked;
