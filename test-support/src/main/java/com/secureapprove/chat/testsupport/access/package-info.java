/// Tries all endpoints of a service with the tokens of all components.
@NullMarked
package com.secureapprove.chat.testsupport.access;

import org.jspecify.annotations.NullMarked;
