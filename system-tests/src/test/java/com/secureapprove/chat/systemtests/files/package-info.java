/// Files: taken in, handed out to those who may have them, and refused.
@NullMarked
package com.secureapprove.chat.systemtests.files;

import org.jspecify.annotations.NullMarked;
