package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.authentication.Issuer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The templates of the pages.
@CheckedTemplate(basePath = "pages")
final class Pages {
  private Pages() {}

  /// Asks for the organisation.
  ///
  /// @param asked what was entered
  /// @param unknown whether there is no such organisation
  /// @param demo organisations to choose from; none outside the demo
  static native TemplateInstance signIn(
      String language, String asked, boolean unknown, Collection<Issuer> demo);

  /// The chat, on the whole page.
  static native TemplateInstance chat(
      String language, String name, String tenant, String csrfToken);

  /// The tag to put the chat on other pages, with attributes to play with.
  ///
  /// @param gateway where the script comes from
  static native TemplateInstance developers(String language, String gateway);

  /// Something to know, and a way on.
  ///
  /// @param csrfToken where signing out is the way on
  static native TemplateInstance notice(
      String language, String title, String why, @Nullable String csrfToken);
}
