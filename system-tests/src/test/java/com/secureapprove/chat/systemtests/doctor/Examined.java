package com.secureapprove.chat.systemtests.doctor;

import com.secureapprove.chat.localstack.doctor.Examination;
import com.secureapprove.chat.localstack.doctor.Finding;
import com.secureapprove.chat.localstack.doctor.Finding.Verdict;
import com.secureapprove.chat.localstack.doctor.Transport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// The findings of one examination.
public record Examined(List<Finding> findings, int failures) {

  public static Examined of(String url, String token, @Nullable String otherToken)
      throws Exception {
    List<Finding> findings = new ArrayList<>();
    OkHttpClient http = Transport.client(Duration.ofSeconds(10), null);
    int failures =
        new Examination(http, URI.create(url), token, otherToken, Clock.systemUTC(), findings::add)
            .run();
    return new Examined(findings, failures);
  }

  List<String> names(Verdict verdict) {
    return findings.stream()
        .filter(finding -> finding.verdict() == verdict)
        .map(Finding::check)
        .toList();
  }

  Finding of(String check) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " was not checked: " + findings));
  }
}
