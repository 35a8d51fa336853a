/// The gateway's own pages: choosing an organisation, signing in at its issuer, the chat as a full
/// page, signing out.
///
/// Rendered here, without any script of their own, in the language of the browser.
@NullMarked
package com.secureapprove.chat.gateway.pages;

import org.jspecify.annotations.NullMarked;
