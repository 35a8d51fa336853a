/// Rules for all query strings. The framework alone would take the first of two values, and an
/// empty value for none.
@NullMarked
package com.secureapprove.chat.platform.query;

import org.jspecify.annotations.NullMarked;
