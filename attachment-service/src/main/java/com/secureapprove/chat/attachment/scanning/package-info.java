/// The malware scanner, which examines a file before anyone can see it. Off without an address. It
/// never changes or keeps a file.
@NullMarked
package com.secureapprove.chat.attachment.scanning;

import org.jspecify.annotations.NullMarked;
