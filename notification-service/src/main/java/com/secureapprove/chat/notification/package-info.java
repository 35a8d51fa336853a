/// notification-service: reaches receivers outside the installation. It knows no conversation and
/// no membership; events tell it everything that it sends.
@NullMarked
package com.secureapprove.chat.notification;

import org.jspecify.annotations.NullMarked;
