/// Tests of the web client in real browsers, on the gateway's pages and on a host application's.
@NullMarked
package com.secureapprove.chat.systemtests.browser;

import org.jspecify.annotations.NullMarked;
