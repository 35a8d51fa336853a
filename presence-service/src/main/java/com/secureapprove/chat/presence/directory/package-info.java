/// Who is in the tenant, and which subject of which issuer is whom.
///
/// The only place that gives people their ids. It never removes anybody's row: someone who is
/// deleted is inactive and in no list, because their messages stay.
@NullMarked
package com.secureapprove.chat.presence.directory;

import org.jspecify.annotations.NullMarked;
