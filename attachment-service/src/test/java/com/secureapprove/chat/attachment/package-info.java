/// What the tests of attachment-service share: real stores, and calls as other parts make them.
@NullMarked
package com.secureapprove.chat.attachment;

import org.jspecify.annotations.NullMarked;
