/// The database and the media files of the Django chat, read in one snapshot and in bounded memory.
/// Nothing here writes.
@NullMarked
package com.secureapprove.chat.importdjango.old;

import org.jspecify.annotations.NullMarked;
