/// What a file really is. The bytes decide; what the client says of them may only agree.
@NullMarked
package com.secureapprove.chat.attachment.inspection;

import org.jspecify.annotations.NullMarked;
