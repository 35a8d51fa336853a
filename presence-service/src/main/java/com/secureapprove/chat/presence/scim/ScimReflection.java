package com.secureapprove.chat.presence.scim;

import com.unboundid.scim2.common.GenericScimResource;
import com.unboundid.scim2.common.messages.ErrorResponse;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchOpType;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.PatchRequest;
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
/// The subclasses of patch operations are known only from annotations.
@RegisterForReflection(
    targets = {
      UserResource.class,
      GenericScimResource.class,
      ListResponse.class,
      ErrorResponse.class,
      PatchRequest.class,
      PatchOperation.class,
      PatchOpType.class,
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
    classNames = {
      "com.unboundid.scim2.common.messages.PatchOperation$AddOperation",
      "com.unboundid.scim2.common.messages.PatchOperation$RemoveOperation",
      "com.unboundid.scim2.common.messages.PatchOperation$ReplaceOperation"
    },
    registerFullHierarchy = true)
final class ScimReflection {
  private ScimReflection() {}
}
