/// Refuses to start with settings that are unsafe outside of one machine: missing, well-known,
/// short or equal secrets, keys of demonstrations, and public addresses without TLS. It names each
/// property, never a value.
@NullMarked
package com.secureapprove.chat.platform.safety;

import org.jspecify.annotations.NullMarked;
