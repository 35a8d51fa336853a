/// Sessions of browsers that were ended before their cookies did, known to every gateway at once.
@NullMarked
package com.secureapprove.chat.gateway.sessions;

import org.jspecify.annotations.NullMarked;
