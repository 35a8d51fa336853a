package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.authentication.Credential;
import com.secureapprove.chat.gateway.http.AcceptedEncodings;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyResponse;
import java.util.Set;

/// Compresses JSON responses of the services with gzip.
///
/// The length of a compressed response can reveal a secret in it if an attacker can put text beside
/// the secret and make the victim's browser repeat the request (BREACH). So no response with a
/// token is compressed (`me/` is answered elsewhere), and none to a request that another site
/// caused with the session cookie. docs/security.md has the whole argument.
final class Compression {
  private static final long MIN_BYTES = 1 << 10;

  /// What `Sec-Fetch-Site` says of requests that no other site has caused.
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private Compression() {}

  /// Whether the response to this request may be compressed.
  static boolean isAllowed(HttpServerRequest request, Credential credential) {
    return AcceptedEncodings.contain(request, "gzip")
        && switch (credential) {
          case Credential.BearerToken _ -> true;
          case Credential.SessionCookie _ -> {
            String site = request.getHeader("Sec-Fetch-Site");
            yield site == null || OWN_SITE.contains(site);
          }
        };
  }

  /// Compresses a JSON response of 1 KiB or more. Its validator becomes weak, because the bytes
  /// differ from those of the plain response.
  static void apply(ProxyResponse response) {
    MultiMap headers = response.headers();
    String type = headers.get("Content-Type");
    Body body = response.getBody();
    boolean json = type != null && type.startsWith("application/json");
    if (!json || body == null || (body.length() >= 0 && body.length() < MIN_BYTES)) {
      return;
    }
    headers.remove("Content-Length");
    headers.set("Content-Encoding", "gzip");
    headers.add("Vary", "Accept-Encoding");
    String etag = headers.get("ETag");
    if (etag != null && !etag.startsWith("W/")) {
      headers.set("ETag", "W/" + etag);
    }
    response.setBody(Body.body(new GzipStream(body.stream())));
  }
}
