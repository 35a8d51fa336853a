/// An HTTP server that stubs the services that a tested service calls. It knows no endpoint itself.
@NullMarked
package com.secureapprove.chat.testsupport.stub;

import org.jspecify.annotations.NullMarked;
