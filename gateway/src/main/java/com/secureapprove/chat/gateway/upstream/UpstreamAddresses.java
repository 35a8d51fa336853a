package com.secureapprove.chat.gateway.upstream;

import io.vertx.core.http.RequestOptions;
import jakarta.inject.Singleton;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The base URLs of the upstreams.
@Singleton
public class UpstreamAddresses {
  private final URI conversation;
  private final URI message;
  private final URI presence;
  private final URI attachment;

  UpstreamAddresses(
      @ConfigProperty(name = "chat.conversation.url") URI conversation,
      @ConfigProperty(name = "chat.message.url") URI message,
      @ConfigProperty(name = "chat.presence.url") URI presence,
      @ConfigProperty(name = "chat.attachment.url") URI attachment) {
    this.conversation = conversation;
    this.message = message;
    this.presence = presence;
    this.attachment = attachment;
  }

  /// Request options with the upstream's host and port, without a path.
  public RequestOptions of(Upstream upstream) {
    URI uri =
        switch (upstream) {
          case CONVERSATION -> conversation;
          case MESSAGE -> message;
          case PRESENCE -> presence;
          case ATTACHMENT -> attachment;
        };
    boolean secure = "https".equals(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    return new RequestOptions().setHost(uri.getHost()).setPort(port).setSsl(secure);
  }
}
