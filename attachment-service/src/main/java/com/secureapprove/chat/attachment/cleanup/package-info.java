/// Deletes files that no message uses and files of deleted conversations. It never deletes a file
/// of an existing message.
@NullMarked
package com.secureapprove.chat.attachment.cleanup;

import org.jspecify.annotations.NullMarked;
