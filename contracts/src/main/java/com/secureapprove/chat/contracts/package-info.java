/// What the parts say to each other: durable events and the bodies of internal calls, as records.
///
/// JSON names are the components' names in `snake_case`; times are RFC 3339 in UTC with
/// milliseconds. Nothing here knows a framework, a database or a transport.
@NullMarked
package com.secureapprove.chat.contracts;

import org.jspecify.annotations.NullMarked;
