/// Thumbnails of pictures. A picture is examined before it is decoded, and decoded by one worker
/// that all persons share fairly. It never refuses an upload: a picture that is too costly has no
/// thumbnail.
@NullMarked
package com.secureapprove.chat.attachment.thumbnails;

import org.jspecify.annotations.NullMarked;
