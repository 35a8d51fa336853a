/// Where the bytes lie: a directory, or S3-compatible storage.
///
/// A thing is stored under its tenant and a name, once and for all; it is never changed.
@NullMarked
package com.secureapprove.chat.attachment.store;

import org.jspecify.annotations.NullMarked;
