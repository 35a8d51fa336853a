/// Mails to people who have unread messages and stay away. Start reading at [MailIntake],
/// [MailReview] and [MailAttempts]. Stores who is to be looked at and when, but no address and no
/// text of a message: the owners are asked at the moment of the mail.
@NullMarked
package com.secureapprove.chat.notification.mail;

import org.jspecify.annotations.NullMarked;
