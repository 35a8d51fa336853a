package com.secureapprove.chat.gateway.http;

/// The order in which the gateway's routes handle a request. Routes that authenticate must come
/// after Quarkus's authentication handler (-200) and before its other handlers.
public final class RouteOrder {
  /// Before all others, so that they see the trace of the span.
  public static final int SPAN = -301;

  public static final int TRACE = -300;
  public static final int STRICT = -295;
  public static final int HEADERS = -290;
  public static final int CORS = -280;
  public static final int WEB_CLIENT = -275;
  public static final int STATIC = -270;
  public static final int SOCKET = -195;

  /// Before the routes of people under the same prefix.
  public static final int ADMINISTRATION = -192;

  public static final int API = -190;
  public static final int PAGES = -180;

  /// After the methods that pages have.
  public static final int OTHER_METHODS = -175;

  /// After all routes of the gateway.
  public static final int UNKNOWN_PATH = -170;

  private RouteOrder() {}
}
