/// Stores the bytes of files in a directory or in S3-compatible storage.
///
/// A blob has a tenant and a name. It is written once and never changed.
@NullMarked
package com.secureapprove.chat.attachment.store;

import org.jspecify.annotations.NullMarked;
