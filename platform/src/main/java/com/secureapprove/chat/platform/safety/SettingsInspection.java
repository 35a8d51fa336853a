package com.secureapprove.chat.platform.safety;

/// Looks for unsafe settings of one feature. Every bean of this type is asked before the component
/// starts its work.
public interface SettingsInspection {
  /// Reports the secrets of the feature, and its unsafe settings.
  void inspect(UnsafeSettings settings);
}
