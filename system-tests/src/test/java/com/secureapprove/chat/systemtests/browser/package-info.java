/// People in front of real browsers, on the gateway's own pages.
@NullMarked
package com.secureapprove.chat.systemtests.browser;

import org.jspecify.annotations.NullMarked;
