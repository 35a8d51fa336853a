package com.secureapprove.chat.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void portsAreDistinctAndOutsideTheEphemeralRange() {
    List<Integer> ports = Ports.free(100);
    assertThat(ports).hasSize(100).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
  }

  @Test
  void aServerCanListenOnEachPort() throws IOException {
    int port = Ports.free(1).getFirst();
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.getLocalPort()).isEqualTo(port);
    }
  }
}
