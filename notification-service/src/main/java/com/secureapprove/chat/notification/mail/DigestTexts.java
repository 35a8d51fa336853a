package com.secureapprove.chat.notification.mail;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/// The texts of the mails in English. `messages/` has the other languages.
@MessageBundle("mail")
interface DigestTexts {

  @Message("{#if messages == 1}1 unread message{#else}{messages} unread messages{/if}")
  String subject(long messages);

  @Message(
      "You have {#if messages == 1}1 unread message{#else}{messages} unread messages{/if} in {#if conversations == 1}1 conversation{#else}{conversations} conversations{/if}.")
  String summary(long messages, long conversations);

  @Message("and {#if count == 1}1 more conversation{#else}{count} more conversations{/if}")
  String more(long count);

  @Message("Open the chat:")
  String open();

  @Message("You get this mail because you have not read these messages for some time.")
  String why();

  @Message("No more of these mails:")
  String unsubscribe();
}
