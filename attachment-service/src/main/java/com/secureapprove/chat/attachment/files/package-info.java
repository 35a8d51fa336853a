/// The metadata of files, including uploader and conversation. It never holds bytes.
@NullMarked
package com.secureapprove.chat.attachment.files;

import org.jspecify.annotations.NullMarked;
