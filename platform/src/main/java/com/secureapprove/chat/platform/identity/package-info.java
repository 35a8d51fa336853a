/// Internal tokens between components, and the tenant and caller that they carry.
///
/// Each component signs with its own key. A token names the calling and the called component, one
/// tenant, and a person, a client, or no caller (the component itself). Nothing else may determine
/// a tenant.
@NullMarked
package com.secureapprove.chat.platform.identity;

import org.jspecify.annotations.NullMarked;
