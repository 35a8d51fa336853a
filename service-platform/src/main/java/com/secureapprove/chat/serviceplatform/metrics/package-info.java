/// The meters that all services share. Each service registers no other shared meters.
@NullMarked
package com.secureapprove.chat.serviceplatform.metrics;

import org.jspecify.annotations.NullMarked;
