package com.secureapprove.chat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The parts of a browser that sign-in needs: it stores cookies and follows redirects one at a
/// time.
public final class Browser {
  private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
  private static final int MOST_REDIRECTS = 10;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private URI at = URI.create(Client.origin() + "/");

  /// Signs in with the real pages of the issuer and ends on the chat page.
  public static Browser signedIn(String tenant, String userName) {
    Browser browser = new Browser();
    HttpResponse<String> form = browser.follow(browser.get("/t/" + tenant + "/"));
    HttpResponse<String> chat = browser.follow(browser.submitLogin(form, userName, "demo"));
    assertThat(chat.statusCode()).as(chat.body()).isEqualTo(200);
    assertThat(browser.at.getPath()).isEqualTo("/chat");
    return browser;
  }

  public HttpResponse<String> submitLogin(
      HttpResponse<String> form, String userName, String password) {
    Matcher action = ACTION.matcher(form.body());
    assertThat(action.find()).as(form.body()).isTrue();
    return post(
        action.group(1).replace("&amp;", "&"),
        Map.of("username", userName, "password", password),
        Map.of());
  }

  /// Submits the form of a page with its hidden fields.
  public HttpResponse<String> submitForm(HttpResponse<String> page) {
    Matcher action = ACTION.matcher(page.body());
    assertThat(action.find()).as(page.body()).isTrue();
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(page.body());
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2));
    }
    return post(action.group(1).replace("&amp;", "&"), fields, Map.of());
  }

  public HttpResponse<String> get(String uri, String... headers) {
    HttpRequest.Builder request = request(uri).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  public HttpResponse<String> post(
      String uri, Map<String, String> form, Map<String, String> headers) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        request(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request);
  }

  /// Follows redirects until there is a page.
  public HttpResponse<String> follow(HttpResponse<String> answer) {
    HttpResponse<String> now = answer;
    for (int i = 0; i < MOST_REDIRECTS && now.statusCode() / 100 == 3; i++) {
      now = get(now.headers().firstValue("Location").orElseThrow());
    }
    return now;
  }

  public URI at() {
    return at;
  }

  public String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  /// The `Cookie` header.
  public String cookies() {
    return cookies.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining("; "));
  }

  private HttpRequest.Builder request(String uri) {
    at = at.resolve(uri);
    HttpRequest.Builder request = HttpRequest.newBuilder(at);
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies());
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(this::keep);
      return answer;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void keep(String setCookie) {
    String[] pair = setCookie.split(";", 2)[0].split("=", 2);
    if (pair[1].isEmpty() || setCookie.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }
}
