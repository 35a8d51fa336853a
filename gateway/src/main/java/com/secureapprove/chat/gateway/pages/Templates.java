package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.authentication.Issuer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The page templates.
@CheckedTemplate(basePath = "pages")
final class Templates {
  private Templates() {}

  /// The start page, which asks for the organisation.
  ///
  /// @param asked the name that was entered
  /// @param unknown whether no organisation has that name
  /// @param demo the organisations to choose from; empty outside the demo
  static native TemplateInstance signIn(
      String language, String asked, boolean unknown, Collection<Issuer> demo);

  /// The chat as a full page.
  static native TemplateInstance chat(
      String language, String name, String tenant, String csrfToken);

  /// How to embed the chat, with attributes to try out.
  ///
  /// @param gateway the origin that serves the script
  static native TemplateInstance developers(String language, String gateway);

  /// A message with a link to the start page, or with a button to sign out.
  ///
  /// @param csrfToken null for the link
  /// @param again where the person can try again; null for no such link
  static native TemplateInstance notice(
      String language,
      String title,
      String why,
      @Nullable String csrfToken,
      @Nullable String again);

  /// Asks whether there are to be no more mails about unread messages.
  static native TemplateInstance unsubscribe(String language);

  /// The form that ends the session at the issuer. A script submits it.
  static native TemplateInstance signOut(
      String language, String address, String idToken, String clientId, String returnTo);
}
