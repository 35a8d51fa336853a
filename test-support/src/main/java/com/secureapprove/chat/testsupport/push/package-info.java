/// A push service of browsers on loopback, for tests of Web Push. It shares no code with the
/// service that sends.
@NullMarked
package com.secureapprove.chat.testsupport.push;

import org.jspecify.annotations.NullMarked;
