/// SCIM 2.0 (RFC 7643, RFC 7644): the identity provider maintains the directory of the tenant.
///
/// Uses the JSON and the errors of SCIM. A user that the provider deletes is unknown afterwards
/// (RFC 7644, section 3.6). Its user name and external id are free, but messages keep the name.
///
/// The provider may create a deleted user again, with the same external id. The same user name
/// suffices if no external id contradicts it. The user is then the same person, with the same id
/// and conversations.
///
/// Another user may have taken the user name in between. This is safe: accounts stay linked to
/// their person, and a second account for a person is rejected at sign-in.
@NullMarked
package com.secureapprove.chat.presence.scim;

import org.jspecify.annotations.NullMarked;
