package com.secureapprove.chat.presence.scim;

import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.CalendarDeserializer;
import com.unboundid.scim2.common.utils.CalendarSerializer;
import com.unboundid.scim2.common.utils.DateDeserializer;
import com.unboundid.scim2.common.utils.DateSerializer;
import com.unboundid.scim2.common.utils.GenericScimObjectDeserializer;
import com.unboundid.scim2.common.utils.GenericScimObjectSerializer;
import com.unboundid.scim2.common.utils.JsonRefBeanSerializer;
import com.unboundid.scim2.common.utils.StatusDeserializer;
import com.unboundid.scim2.common.utils.StatusSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// Registers the classes that the SCIM library and Jackson access by reflection, for native images.
@RegisterForReflection(
    targets = {
      UserResource.class,
      ListResponse.class,
      ErrorResponse.class,
      CalendarDeserializer.class,
      CalendarSerializer.class,
      DateDeserializer.class,
      DateSerializer.class,
      GenericScimObjectDeserializer.class,
      GenericScimObjectSerializer.class,
      JsonRefBeanSerializer.class,
      StatusDeserializer.class,
      StatusSerializer.class
    },
    registerFullHierarchy = true)
final class ScimReflection {
  private ScimReflection() {}
}
