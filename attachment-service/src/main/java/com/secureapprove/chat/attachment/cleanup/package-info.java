/// Removing files that nobody needs: never linked by a message, or of a conversation that is gone.
@NullMarked
package com.secureapprove.chat.attachment.cleanup;

import org.jspecify.annotations.NullMarked;
