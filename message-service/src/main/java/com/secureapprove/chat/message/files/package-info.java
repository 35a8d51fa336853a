/// The files of messages: claimed from attachment-service, which owns them, before a message is
/// stored; their metadata is copied into the message.
@NullMarked
package com.secureapprove.chat.message.files;

import org.jspecify.annotations.NullMarked;
