/// attachment-service: the files of messages, their metadata and their bytes.
@NullMarked
package com.secureapprove.chat.attachment;

import org.jspecify.annotations.NullMarked;
