/// Limits of calls between services. Never their content.
@NullMarked
package com.secureapprove.chat.serviceplatform.calls;

import org.jspecify.annotations.NullMarked;
