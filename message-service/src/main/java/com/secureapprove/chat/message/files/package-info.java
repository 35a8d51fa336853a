/// The files of messages. They are claimed from attachment-service before a message is stored, and
/// their metadata is copied into the message. Never touches bytes.
@NullMarked
package com.secureapprove.chat.message.files;

import org.jspecify.annotations.NullMarked;
