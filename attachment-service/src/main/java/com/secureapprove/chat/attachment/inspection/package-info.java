/// Detects and checks the types of files. The bytes decide; name and declared type must match them.
/// It never trusts data from the client.
@NullMarked
package com.secureapprove.chat.attachment.inspection;

import org.jspecify.annotations.NullMarked;
