/// Calls to the services: bounded in time, signed with an internal token, answered as records or as
/// problems.
@NullMarked
package com.secureapprove.chat.gateway.upstream;

import org.jspecify.annotations.NullMarked;
