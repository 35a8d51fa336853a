/// Who calls: internal tokens between parts, and the caller's tenant and user they vouch for.
///
/// Each part signs with its own key; a token names the calling part, the called part, one tenant,
/// and either a user or nobody (the part itself). Nothing else is ever trusted to tell a tenant.
@NullMarked
package com.secureapprove.chat.platform.identity;

import org.jspecify.annotations.NullMarked;
