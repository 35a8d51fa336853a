/// Brings media files into the store, after the inspection of an upload.
@NullMarked
package com.secureapprove.chat.importdjango.files;

import org.jspecify.annotations.NullMarked;
