package com.secureapprove.chat.systemtests.browser;

import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Provides the [Browsers] of this run. After each test, closes its pages and checks the consoles
/// for errors.
final class RunningBrowser implements ParameterResolver, AfterEachCallback {

  private static final Namespace NAMESPACE = Namespace.create(RunningBrowser.class);

  private final RunningSuite suite = new RunningSuite();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browsers.class
        || suite.supportsParameter(parameter, context);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Suite running = (Suite) suite.resolveParameter(parameter, context);
    return parameter.getParameter().getType() == Browsers.class
        ? context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(Browsers.class, _ -> Browsers.start(running), Browsers.class)
        : running;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Browsers browsers = context.getRoot().getStore(NAMESPACE).get(Browsers.class, Browsers.class);
    if (browsers != null) {
      browsers.closeDesks(context.getDisplayName(), context.getExecutionException().isPresent());
    }
  }
}
