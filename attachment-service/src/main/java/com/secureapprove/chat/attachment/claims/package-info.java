/// Giving files to messages: before a message is stored, its key claims the files it carries.
@NullMarked
package com.secureapprove.chat.attachment.claims;

import org.jspecify.annotations.NullMarked;
