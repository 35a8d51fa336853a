/// The dev mode of `./chat dev`: a change of the code becomes visible without a restart. The tests
/// change copies of the sources, never this checkout.
@NullMarked
package com.secureapprove.chat.systemtests.devmode;

import org.jspecify.annotations.NullMarked;
