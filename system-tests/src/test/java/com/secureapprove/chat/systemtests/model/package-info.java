/// Random interleavings of what several people do, held against a simple model of what must be so:
/// one order, sending twice is sending once, unread counts and statuses as they are defined.
@NullMarked
package com.secureapprove.chat.systemtests.model;

import org.jspecify.annotations.NullMarked;
