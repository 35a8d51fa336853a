package com.secureapprove.chat.gateway.http;

/// In which order the gateway's routes see a request. What asks who calls comes after Quarkus's
/// authentication (-200), and before everything else of Quarkus.
public final class RouteOrder {
  public static final int TRACE = -300;
  public static final int HEADERS = -290;
  public static final int CORS = -280;
  public static final int STATIC = -270;
  public static final int SOCKET = -195;
  public static final int API = -190;
  public static final int PAGES = -180;

  private RouteOrder() {}
}
