/// What holds for every query: the framework alone would take the first of two values, and an empty
/// one for none.
@NullMarked
package com.secureapprove.chat.platform.query;

import org.jspecify.annotations.NullMarked;
