/// Calls of addresses that a tenant chose. A name is resolved once, the addresses are checked, and
/// the connection goes to a checked address. No redirect is followed and no response body is read.
@NullMarked
package com.secureapprove.chat.notification.outbound;

import org.jspecify.annotations.NullMarked;
