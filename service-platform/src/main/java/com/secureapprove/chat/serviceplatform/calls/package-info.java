/// What calls from service to service have in common. Never what they say.
@NullMarked
package com.secureapprove.chat.serviceplatform.calls;

import org.jspecify.annotations.NullMarked;
