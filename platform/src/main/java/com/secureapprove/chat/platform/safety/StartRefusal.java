package com.secureapprove.chat.platform.safety;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;

/// Ends the start of a component with unsafe settings.
@Singleton
class StartRefusal {

  /// @throws IllegalStateException naming each unsafe property
  void onStart(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
      @All List<SettingsInspection> inspections) {
    UnsafeSettings settings = new UnsafeSettings();
    inspections.forEach(inspection -> inspection.inspect(settings));
    if (!settings.found().isEmpty()) {
      throw new IllegalStateException("Unsafe settings: " + String.join("; ", settings.found()));
    }
  }
}
