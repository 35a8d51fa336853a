/// The messages between components: durable events and the bodies of internal calls, as records.
///
/// JSON names are the components' names in `snake_case`; times are RFC 3339 in UTC with
/// milliseconds. Never depends on a framework, a database or a transport.
@NullMarked
package com.secureapprove.chat.contracts;

import org.jspecify.annotations.NullMarked;
