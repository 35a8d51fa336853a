/// SCIM 2.0 (RFC 7643, 7644): the identity provider keeps the tenant's directory.
///
/// Speaks SCIM's own JSON and its own errors. Nobody is ever deleted: whom the provider deletes is
/// inactive from then on, because their messages stay.
@NullMarked
package com.secureapprove.chat.presence.scim;

import org.jspecify.annotations.NullMarked;
