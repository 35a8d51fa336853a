package com.secureapprove.chat.platform.json;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads UUIDs in paths and queries as [Uuids] does.
@Provider
class UuidParameters implements ParamConverterProvider {

  @Override
  @SuppressWarnings("unchecked") // the type is checked to be UUID
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> raw, Type generic, Annotation[] annotations) {
    return raw == UUID.class ? (ParamConverter<T>) new InFull() : null;
  }

  private static final class InFull implements ParamConverter<UUID> {
    @Override
    public UUID fromString(String text) {
      return Uuids.of(text);
    }

    @Override
    public String toString(UUID id) {
      return id.toString();
    }
  }
}
