/// The headers of the parts of multipart forms, parsed once for gateway and attachment-service.
/// Never decides which file names are allowed.
@NullMarked
package com.secureapprove.chat.platform.multipart;

import org.jspecify.annotations.NullMarked;
