/// Downloads. Each request checks membership at that moment; the result is never cached.
@NullMarked
package com.secureapprove.chat.attachment.download;

import org.jspecify.annotations.NullMarked;
