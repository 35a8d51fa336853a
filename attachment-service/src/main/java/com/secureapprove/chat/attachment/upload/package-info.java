/// Taking files in. They are the uploader's alone until a message claims them.
@NullMarked
package com.secureapprove.chat.attachment.upload;

import org.jspecify.annotations.NullMarked;
