/// Sessions of browsers: how long their sockets may stay open, and which were ended before their
/// cookies did, known to every gateway at once.
@NullMarked
package com.secureapprove.chat.gateway.browsersession;

import org.jspecify.annotations.NullMarked;
