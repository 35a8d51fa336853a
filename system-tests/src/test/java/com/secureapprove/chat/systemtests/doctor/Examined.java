package com.secureapprove.chat.systemtests.doctor;

import com.secureapprove.chat.localstack.doctor.CheckResult;
import com.secureapprove.chat.localstack.doctor.CheckResult.Verdict;
import com.secureapprove.chat.localstack.doctor.Examination;
import com.secureapprove.chat.localstack.doctor.Transport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// The results of one examination.
public record Examined(List<CheckResult> results, int failures) {

  public static Examined of(String url, String token, @Nullable String otherToken)
      throws Exception {
    List<CheckResult> results = new ArrayList<>();
    OkHttpClient http = Transport.client(Duration.ofSeconds(10), null);
    int failures =
        new Examination(http, URI.create(url), token, otherToken, Clock.systemUTC(), results::add)
            .run();
    return new Examined(results, failures);
  }

  List<String> names(Verdict verdict) {
    return results.stream()
        .filter(result -> result.verdict() == verdict)
        .map(CheckResult::check)
        .toList();
  }

  CheckResult of(String check) {
    return results.stream()
        .filter(result -> result.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " was not checked: " + results));
  }
}
