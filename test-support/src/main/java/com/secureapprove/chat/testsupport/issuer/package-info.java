/// An issuer of tokens that needs no Keycloak, for tests and for the fault suite.
@NullMarked
package com.secureapprove.chat.testsupport.issuer;

import org.jspecify.annotations.NullMarked;
