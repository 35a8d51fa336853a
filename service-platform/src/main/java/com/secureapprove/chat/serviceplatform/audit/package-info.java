/// The audit log: who changed what, and whom it concerns. It never contains names, e-mail addresses
/// or message text.
@NullMarked
package com.secureapprove.chat.serviceplatform.audit;

import org.jspecify.annotations.NullMarked;
