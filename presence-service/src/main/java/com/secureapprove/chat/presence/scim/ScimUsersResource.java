package com.secureapprove.chat.presence.scim;

import com.secureapprove.chat.presence.directory.Directory;
import com.secureapprove.chat.presence.directory.Person;
import com.secureapprove.chat.presence.directory.Profile;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.types.UserResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.LockModeType;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SCIM endpoints for the people of the directory. The gateway forwards calls that carry the
/// provisioning token of the tenant.
@Path("/scim/v2/Users")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
@Consumes({ScimResponses.MEDIA_TYPE, MediaType.APPLICATION_JSON})
class ScimUsersResource {
  private static final int MAX_PAGE_SIZE = 200;

  private final Directory directory;

  ScimUsersResource(Directory directory) {
    this.directory = directory;
  }

  @POST
  public Response create(@Nullable String body) {
    return ScimResponses.inTransaction(() -> {
      Profile profile = UserAttributes.empty().with(ScimResponses.parsed(body)).profile();
      directory.lock();
      return user(201, directory.create(profile)).build();
    });
  }

  @GET
  @Path("/{id}")
  public Response read(@PathParam("id") String id) {
    return ScimResponses.inTransaction(() -> user(200, existing(id)).build());
  }

  /// Returns one page of the people who match the filter, ordered by id.
  @GET
  public Response list(
      @QueryParam("filter") @Nullable String filter,
      @QueryParam("startIndex") @DefaultValue("1") String startIndex,
      @QueryParam("count") @DefaultValue("100") String count) {
    return ScimResponses.inTransaction(() -> {
      int start = Math.max(1, number("startIndex", startIndex));
      int size = Math.clamp(number("count", count), 0, MAX_PAGE_SIZE);
      long total;
      List<Person> page;
      if (filter == null || filter.isBlank()) {
        total = Person.countInDirectory();
        page = size == 0 || start > total ? List.of() : Person.inDirectory(start - 1, size);
      } else {
        List<Person> found = ScimFilter.people(filter);
        total = found.size();
        page = found.stream().skip(start - 1L).limit(size).toList();
      }
      List<UserResource> users = page.stream().map(ScimUser::of).toList();
      return ScimResponses.json(200, new ListResponse<>((int) total, users, start, users.size()))
          .build();
    });
  }

  /// Returns the number; the nearest 32-bit number if it is larger or smaller.
  private static int number(String parameter, String text) throws ScimException {
    if (!text.matches("[+-]?[0-9]{1,18}")) {
      throw ScimValues.invalid(parameter + " must be a number");
    }
    return (int) Math.clamp(Long.parseLong(text), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @PUT
  @Path("/{id}")
  public Response replace(@PathParam("id") String id, @Nullable String body) {
    return ScimResponses.inTransaction(() -> {
      directory.lock();
      Person person = existing(id);
      Profile profile = UserAttributes.replacing(person).with(ScimResponses.parsed(body)).profile();
      return user(200, directory.replace(person, profile)).build();
    });
  }

  @PATCH
  @Path("/{id}")
  public Response patch(@PathParam("id") String id, @Nullable String body) {
    return ScimResponses.inTransaction(() -> {
      directory.lock();
      Person person = existing(id);
      UserAttributes user = UserAttributes.of(person);
      ScimPatch.of(ScimResponses.parsed(body)).applyTo(user);
      return user(200, directory.replace(person, user.profile())).build();
    });
  }

  /// Deletes a user. The person becomes inactive and unknown to SCIM.
  @DELETE
  @Path("/{id}")
  @Consumes(MediaType.WILDCARD)
  public Response delete(@PathParam("id") String id) {
    return ScimResponses.inTransaction(() -> {
      directory.lock();
      directory.delete(existing(id));
      return Response.noContent().build();
    });
  }

  static Person existing(String id) throws ScimException {
    // PostgreSQL rejects NUL in text, so no person has an id with NUL.
    Person person = id.indexOf('\0') < 0 ? Person.findById(id, LockModeType.NONE) : null;
    if (person == null || person.deleted) {
      throw new ScimException(404, null, "unknown user");
    }
    return person;
  }

  private static Response.ResponseBuilder user(int status, Person person) {
    return ScimResponses.json(status, ScimUser.of(person))
        .header("Location", ScimUser.PATH + person.id)
        .header("ETag", ScimUser.version(person));
  }
}
