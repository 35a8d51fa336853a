/// Uploads, downloads with their authorisation, and refused files.
@NullMarked
package com.secureapprove.chat.systemtests.files;

import org.jspecify.annotations.NullMarked;
