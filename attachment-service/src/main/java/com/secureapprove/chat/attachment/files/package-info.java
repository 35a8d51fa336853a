/// What is known of each file, and to whom it belongs.
@NullMarked
package com.secureapprove.chat.attachment.files;

import org.jspecify.annotations.NullMarked;
