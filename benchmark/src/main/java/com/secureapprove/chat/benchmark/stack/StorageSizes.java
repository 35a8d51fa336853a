package com.secureapprove.chat.benchmark.stack;

import com.secureapprove.chat.localstack.stack.Component;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/// The sizes of the tables with their indexes, and of Redis, in bytes.
public final class StorageSizes {
  private static final String TABLES =
      """
      select schemaname || '.' || regexp_replace(relname, '_[0-9]+$', ''),
        sum(pg_total_relation_size(relid))::bigint
      from pg_stat_user_tables
      where schemaname in ('conversation', 'message', 'presence', 'attachment')
      group by 1 having sum(pg_total_relation_size(relid)) > 1000000 order by 2 desc
      """;

  private StorageSizes() {}

  /// The tables of more than one megabyte, by schema and name, the largest first.
  public static Map<String, Long> tables(BenchStack stack) throws SQLException {
    Map<String, Long> sizes = new LinkedHashMap<>();
    try (Connection connection = stack.database();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        sizes.put(rows.getString(1), rows.getLong(2));
      }
    }
    return sizes;
  }

  /// The memory that the data of Redis uses.
  public static long redis(BenchStack stack) throws IOException {
    String url = stack.stack().environment(Component.GATEWAY).get("CHAT_REDIS_URL");
    URI redis = URI.create(url == null ? "" : url);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.getPort());
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      String commands =
          "AUTH %s\r\nINFO memory\r\nQUIT\r\n".formatted(redis.getUserInfo().replace(':', ' '));
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
      return lines
          .lines()
          .filter(line -> line.startsWith("used_memory:"))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
          .findFirst()
          .orElseThrow(() -> new IOException("Redis did not report its memory"));
    }
  }
}
