package com.secureapprove.chat.serviceplatform.database;

import com.secureapprove.chat.platform.readiness.Dependency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// The database is reachable, accepts the password, and has the migrated schema of this service.
// The URL of the database may name it, for TLS with the trust store of Java.
@RegisterForReflection(classNames = "org.postgresql.ssl.DefaultJavaSSLFactory")
@Singleton
class DatabaseDependency implements Dependency {
  private final DataSource database;

  DatabaseDependency(DataSource database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public void probe() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select from relay_lease limit 0").close();
    }
  }
}
