/// The headers of the parts of multipart forms, and the limits of uploads, once for gateway and
/// attachment-service. Never decides which file names are allowed.
@NullMarked
package com.secureapprove.chat.platform.multipart;

import org.jspecify.annotations.NullMarked;
