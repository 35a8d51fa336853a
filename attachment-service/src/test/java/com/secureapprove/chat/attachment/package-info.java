/// Shared by the tests of attachment-service: real stores, and calls like those of other
/// components.
@NullMarked
package com.secureapprove.chat.attachment;

import org.jspecify.annotations.NullMarked;
