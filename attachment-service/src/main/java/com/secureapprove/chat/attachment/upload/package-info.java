/// Uploads. A file belongs to its uploader alone until a message claims it. It never links a file
/// to a message.
@NullMarked
package com.secureapprove.chat.attachment.upload;

import org.jspecify.annotations.NullMarked;
