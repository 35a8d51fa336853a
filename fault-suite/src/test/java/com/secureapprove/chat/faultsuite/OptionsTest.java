package com.secureapprove.chat.faultsuite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// Invalid options are reported before anything is started.
class OptionsTest {

  @ParameterizedTest
  @CsvSource({
    "--minutes, 0",
    "--minutes, -1",
    "--minutes, NaN",
    "--minutes, Infinity",
    "--minutes, soon",
    "--rate, 0",
    "--rate, -5",
    "--gap, 0",
    "--gap, -1",
    "--gap, NaN",
    "--replicas, 0",
    "--replicas, 6",
    "--seed, x",
    "--upgrade-from, no-such-revision",
    "--upgrade-from, --all"
  })
  void invalidOptionsAreReported(String option, String value) {
    StringWriter said = new StringWriter();
    CommandLine line = FaultSuiteCommand.commandLine().setErr(new PrintWriter(said));

    assertThat(line.execute(option, value)).isEqualTo(2);
    assertThat(said.toString().lines().findFirst().orElseThrow()).contains(option);
  }
}
