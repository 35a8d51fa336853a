/// How much a person may do in a while, counted in Redis for all gateways together. Without Redis
/// each gateway counts for itself.
@NullMarked
package com.secureapprove.chat.gateway.limits;

import org.jspecify.annotations.NullMarked;
