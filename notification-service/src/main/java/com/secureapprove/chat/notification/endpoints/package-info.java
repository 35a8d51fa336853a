/// The webhook endpoints of a tenant: their URL, event types and signing secrets, and the API with
/// which an administrator maintains them.
@NullMarked
package com.secureapprove.chat.notification.endpoints;

import org.jspecify.annotations.NullMarked;
