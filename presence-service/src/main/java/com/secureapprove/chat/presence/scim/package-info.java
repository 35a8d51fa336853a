/// SCIM 2.0 (RFC 7643, 7644): the identity provider keeps the tenant's directory.
///
/// Speaks SCIM's own JSON and its own errors. Whom the provider deletes is no user here any more
/// (RFC 7644, section 3.6): their id is unknown, and their user name and external id are free.
/// Their messages and their name stay where they said something. Whoever is taken in again with the
/// external id, or with the user name where no external id says otherwise, is the same person with
/// the same id and conversations. That a user name may by then be somebody else's does no harm: the
/// account that was linked to the person stays so, and another one is refused at its sign-in.
@NullMarked
package com.secureapprove.chat.presence.scim;

import org.jspecify.annotations.NullMarked;
