/// Who is calling: the verified credentials of a request, turned into a tenant and a person of our
/// own directory.
///
/// Presence-service owns the directory; what it said is kept for a short while, and forgotten at
/// once when a person changes.
@NullMarked
package com.secureapprove.chat.gateway.identity;

import org.jspecify.annotations.NullMarked;
