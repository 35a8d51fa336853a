/// Handing files out, to those who may have them at that moment.
@NullMarked
package com.secureapprove.chat.attachment.download;

import org.jspecify.annotations.NullMarked;
