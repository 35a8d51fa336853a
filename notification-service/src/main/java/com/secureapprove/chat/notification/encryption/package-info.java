/// Message encryption for Web Push (RFC 8291) and the identification of the sender (RFC 8292), with
/// the cryptography of the JDK.
@NullMarked
package com.secureapprove.chat.notification.encryption;

import org.jspecify.annotations.NullMarked;
