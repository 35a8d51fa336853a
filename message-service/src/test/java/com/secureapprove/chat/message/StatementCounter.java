package com.secureapprove.chat.message;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/// Notes every SQL statement that Hibernate sends.
@Singleton
@PersistenceUnitExtension
public class StatementCounter implements StatementInspector {
  private static final long serialVersionUID = 1L;

  private final transient List<String> statements = new CopyOnWriteArrayList<>();

  @Override
  public String inspect(String sql) {
    statements.add(sql);
    return sql;
  }

  List<String> since(Runnable work) {
    statements.clear();
    work.run();
    return List.copyOf(statements);
  }
}
