/// A copy of the directory for names and for who may be talked to. presence-service owns it: its
/// events feed the copy, and it is asked where somebody is missing.
@NullMarked
package com.secureapprove.chat.conversation.people;

import org.jspecify.annotations.NullMarked;
