package com.secureapprove.chat.gateway.http;

import com.secureapprove.chat.platform.hash.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Serves the static files from memory, in the smallest encoding that the client accepts: brotli if
/// the build made one, gzip, or none. Pages and workers of any origin may load the scripts. The
/// URLs are fixed, so caches must revalidate them soon to find a new version.
@Singleton
class StaticFiles {
  private static final String CACHE_CONTROL = "public, max-age=300";
  private static final String SCRIPT = "/tenant_chat.js";
  private static final int NOT_MODIFIED = 304;

  /// The service worker for Web Push.
  private static final String WORKER = "/tenant_chat_worker.js";

  /// The media types of the files by path.
  private static final Map<String, String> TYPES =
      Map.of(
          SCRIPT,
          "text/javascript; charset=utf-8",
          WORKER,
          "text/javascript; charset=utf-8",
          SCRIPT + ".map",
          "application/json",
          "/pages/developers.js",
          "text/javascript; charset=utf-8",
          "/pages/pages.css",
          "text/css; charset=utf-8",
          "/pages/icon.svg",
          "image/svg+xml",
          "/openapi.yaml",
          "application/yaml",
          "/asyncapi.yaml",
          "application/yaml");

  /// Browsers ask for this path where a page names no icon.
  private static final Map<String, String> ALIASES = Map.of("/favicon.ico", "/pages/icon.svg");

  /// @param encoding the content encoding; null for none
  private record Variant(@Nullable String encoding, Buffer body, String etag) {
    static Variant of(@Nullable String encoding, byte[] body) {
      byte[] digest = Sha256.digest().digest(body);
      String etag = "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
      return new Variant(encoding, Buffer.buffer(body), etag);
    }

    /// The file without an encoding is never excluded, because another one may not be possible.
    double weightFor(RoutingContext request) {
      return encoding == null
          ? Math.max(Double.MIN_VALUE, AcceptedEncodings.weight(request.request(), "identity"))
          : AcceptedEncodings.weight(request.request(), encoding);
    }
  }

  void register(@Observes Router router) {
    TYPES.forEach((path, type) -> register(router, path, path, type));
    ALIASES.forEach((path, file) -> register(router, path, file, TYPES.getOrDefault(file, "")));
  }

  private static void register(Router router, String path, String file, String type) {
    List<Variant> smallestFirst = variants(file);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .order(RouteOrder.STATIC)
        .handler(request -> serve(request, path, type, smallestFirst));
  }

  private static List<Variant> variants(String file) {
    byte[] plain = read(file);
    if (plain == null) {
      throw new IllegalStateException("The build has no file " + file);
    }
    List<Variant> variants = new ArrayList<>();
    byte[] brotli = read(file + ".br");
    if (brotli != null) {
      variants.add(Variant.of("br", brotli));
    }
    byte[] gzip = read(file + ".gz");
    variants.add(Variant.of("gzip", gzip == null ? gzip(plain) : gzip));
    variants.add(Variant.of(null, plain));
    return variants;
  }

  private static byte @Nullable [] read(String file) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream content = loader.getResourceAsStream("META-INF/resources" + file)) {
      return content == null ? null : content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private static void serve(
      RoutingContext request, String path, String type, List<Variant> smallestFirst) {
    Variant variant = preferred(request, smallestFirst);
    HttpServerResponse response =
        request
            .response()
            .putHeader("Cache-Control", CACHE_CONTROL)
            .putHeader("ETag", variant.etag())
            .putHeader("Vary", "Accept-Encoding");
    if (path.equals(SCRIPT) || path.equals(WORKER)) {
      response
          .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
          .putHeader("Access-Control-Allow-Origin", "*");
    }
    if (isKnown(request.request().getHeader("If-None-Match"), variant)) {
      response.setStatusCode(NOT_MODIFIED).end();
      return;
    }
    response.putHeader("Content-Type", type);
    if (variant.encoding() != null) {
      response.putHeader("Content-Encoding", variant.encoding());
    }
    if (request.request().method() == HttpMethod.HEAD) {
      response.putHeader("Content-Length", Integer.toString(variant.body().length())).end();
    } else {
      response.end(variant.body());
    }
  }

  /// The variant that the client prefers; the smallest one of several.
  private static Variant preferred(RoutingContext request, List<Variant> smallestFirst) {
    Variant preferred = smallestFirst.getLast();
    for (Variant variant : smallestFirst.reversed()) {
      if (variant.weightFor(request) >= preferred.weightFor(request)) {
        preferred = variant;
      }
    }
    return preferred;
  }

  private static boolean isKnown(@Nullable String ifNoneMatch, Variant variant) {
    return ifNoneMatch != null
        && (ifNoneMatch.contains(variant.etag()) || ifNoneMatch.strip().equals("*"));
  }
}
