/// The gateway's HTML pages and the routes of signing in and out: choosing an organisation, the
/// authorization code flow at its issuer, the chat as a full page.
///
/// Pages are rendered on the server in the browser's language. This package never verifies
/// credentials itself.
@NullMarked
package com.secureapprove.chat.gateway.pages;

import org.jspecify.annotations.NullMarked;
