package com.secureapprove.chat.notification.mail;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What each tenant has configured for its mails.
@Singleton
class MailTenants {
  private final MailConfig config;
  private final String publicUrl;

  /// @throws IllegalArgumentException if a setting is missing or invalid, so that the start fails
  MailTenants(MailConfig config, @ConfigProperty(name = "chat.public-url") String publicUrl) {
    this.config = config;
    this.publicUrl = publicUrl;
    if (areAnyMailed() && config.from().isEmpty()) {
      throw new IllegalArgumentException(
          "chat.mail.digests.from must be set if a tenant has mails");
    }
    MailLanguage.of(config.language());
    config.languageOf().values().forEach(MailLanguage::of);
  }

  /// Whether any tenant has mails.
  boolean areAnyMailed() {
    return config.content() != MailContent.OFF
        || config.contentOf().values().stream().anyMatch(content -> content != MailContent.OFF);
  }

  MailContent content(String tenant) {
    return config.contentOf().getOrDefault(tenant, config.content());
  }

  /// The language of people who have not chosen one.
  MailLanguage language(String tenant) {
    return MailLanguage.of(config.languageOf().getOrDefault(tenant, config.language()));
  }

  /// Where a person opens the chat.
  String page(String tenant) {
    return config.pageOf().getOrDefault(tenant, publicUrl + "/t/" + tenant);
  }

  /// Where a person ends the mails without a sign-in. The path is one that every installation
  /// forwards to the gateway.
  String unsubscribe(String token) {
    return publicUrl + "/api/chat/unsubscribe/" + token;
  }
}
