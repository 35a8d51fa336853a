/// What host applications and identity providers do: keep the directory by SCIM, and publish
/// notifications.
@NullMarked
package com.secureapprove.chat.systemtests.integration;

import org.jspecify.annotations.NullMarked;
