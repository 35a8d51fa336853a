/// The people of a tenant, and the links from accounts to people.
///
/// Only this package assigns ids to people. It never deletes the row of a person: a deleted person
/// is inactive and hidden from lists, because their messages remain.
@NullMarked
package com.secureapprove.chat.presence.directory;

import org.jspecify.annotations.NullMarked;
