/// Rules for the structure of the code, which each module's tests apply to the module.
@NullMarked
package com.secureapprove.chat.testsupport.architecture;

import org.jspecify.annotations.NullMarked;
