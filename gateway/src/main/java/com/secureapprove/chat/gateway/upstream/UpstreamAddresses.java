package com.secureapprove.chat.gateway.upstream;

import io.vertx.core.http.RequestOptions;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The base URLs of the upstreams.
@Singleton
public class UpstreamAddresses {
  private final URI conversation;
  private final URI message;
  private final URI presence;
  private final URI attachment;
  private final Optional<URI> notification;

  UpstreamAddresses(
      @ConfigProperty(name = "chat.conversation.url") URI conversation,
      @ConfigProperty(name = "chat.message.url") URI message,
      @ConfigProperty(name = "chat.presence.url") URI presence,
      @ConfigProperty(name = "chat.attachment.url") URI attachment,
      @ConfigProperty(name = "chat.notification.url") Optional<URI> notification) {
    this.conversation = conversation;
    this.message = message;
    this.presence = presence;
    this.attachment = attachment;
    this.notification = notification;
  }

  /// Whether the installation has notification-service.
  public boolean hasNotifications() {
    return notification.isPresent();
  }

  /// Request options with the upstream's host and port, without a path.
  ///
  /// @throws java.util.NoSuchElementException if the installation has no such upstream
  public RequestOptions of(Upstream upstream) {
    URI uri =
        switch (upstream) {
          case CONVERSATION -> conversation;
          case MESSAGE -> message;
          case PRESENCE -> presence;
          case ATTACHMENT -> attachment;
          case NOTIFICATION -> notification.orElseThrow();
        };
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    return new RequestOptions().setHost(uri.getHost()).setPort(port).setSsl(secure);
  }
}
