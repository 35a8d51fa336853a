package com.secureapprove.chat.localstack.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// The connection to the installation: the HTTP client, and the meaning of its failures.
public final class Transport {

  private Transport() {}

  /// A client that follows no redirects and retries nothing.
  ///
  /// @param timeout for connecting, and for each response
  /// @param authorities certificates in PEM that are trusted instead of those of the JDK, or null
  public static OkHttpClient client(Duration timeout, @Nullable Path authorities)
      throws IOException, GeneralSecurityException {
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .writeTimeout(timeout)
            .followRedirects(false)
            .retryOnConnectionFailure(false);
    if (authorities != null) {
      X509TrustManager trust = trust(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      client.sslSocketFactory(context.getSocketFactory(), trust);
    }
    return client.build();
  }

  private static X509TrustManager trust(Path authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream file = Files.newInputStream(authorities)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trust) {
        return trust;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }

  /// What a failed connection means.
  static CheckFailed failure(URI url, IOException failure) {
    String host = url.getHost();
    return switch (failure) {
      case UnknownHostException _ ->
          new CheckFailed(
              "The name %s has no address.".formatted(host),
              "Check the DNS record, and the spelling of the host.");
      case SSLPeerUnverifiedException _ ->
          new CheckFailed(
              "The certificate is not for %s.".formatted(host),
              "The certificate must contain this name as a subject alternative name. A default"
                  + " certificate of the proxy means that it has no rule for this host.");
      case SSLException problem -> certificate(host, problem);
      case ConnectException _ ->
          new CheckFailed(
              "No server accepts connections at %s port %d.".formatted(host, port(url)),
              "Check that the proxy runs and listens on this port, and the address of the DNS"
                  + " record.");
      case SocketTimeoutException _ ->
          new CheckFailed(
              "%s port %d does not answer in time.".formatted(host, port(url)),
              "A firewall or network policy may drop packets, or the proxy waits for a gateway that"
                  + " does not answer.");
      default ->
          new CheckFailed(
              "The connection to %s broke: %s".formatted(host, failure.getMessage()),
              url.getScheme().equals("http")
                  ? "If this port expects TLS, use https."
                  : "Look at the log of the proxy at this time.");
    };
  }

  private static CheckFailed certificate(String host, SSLException problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return new CheckFailed(
            "The certificate of %s has expired.".formatted(host),
            "Renew it, and reload the proxy.");
      }
      if (cause instanceof CertificateNotYetValidException) {
        return new CheckFailed(
            "The certificate of %s is not valid yet.".formatted(host),
            "Compare the clock of this machine with the validity of the certificate.");
      }
    }
    String message = String.valueOf(problem.getMessage());
    if (message.contains("PKIX") || message.contains("certification path")) {
      return new CheckFailed(
          "The certificate of %s is not signed by a trusted authority.".formatted(host),
          "The proxy must send the intermediate certificates too. For an authority of your own, add"
              + " --ca FILE.");
    }
    return new CheckFailed(
        "TLS with %s failed: %s".formatted(host, message),
        "Check that this port speaks TLS 1.2 or later.");
  }

  /// The port of the URL, or the default of its scheme.
  static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return url.getScheme().equals("http") ? 80 : 443;
  }
}
