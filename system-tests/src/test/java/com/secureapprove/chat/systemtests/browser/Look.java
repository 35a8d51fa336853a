package com.secureapprove.chat.systemtests.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/// Browser settings: language, window size and colour scheme.
record Look(String language, int width, int height, boolean dark) {

  static final Look DESKTOP = new Look("en-GB", 1280, 800, false);
  static final Look PHONE = new Look("en-GB", 390, 844, false);

  boolean isPhone() {
    return width < 500;
  }

  Look in(String other) {
    return new Look(other, width, height, dark);
  }

  Look darkened() {
    return new Look(language, width, height, true);
  }

  Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setLocale(language)
        .setTimezoneId("Europe/Berlin")
        .setViewportSize(width, height)
        .setHasTouch(isPhone())
        .setIsMobile(isPhone())
        .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
        .setReducedMotion(ReducedMotion.REDUCE);
  }
}
