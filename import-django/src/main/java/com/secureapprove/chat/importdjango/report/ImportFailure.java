package com.secureapprove.chat.importdjango.report;

/// A reason for which an import cannot start or continue, as one sentence for an administrator.
public final class ImportFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ImportFailure(String message) {
    super(message);
  }
}
