package com.secureapprove.chat.presence.directory;

import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Internal endpoints of the directory for the gateway and the other services.
@Path("/internal/people")
@RunOnVirtualThread
class PeopleResource {
  private static final int MAX_PEOPLE = 200;

  private final Directory directory;

  PeopleResource(Directory directory) {
    this.directory = directory;
  }

  /// Creates or updates people, all or none. Returns them in the order of the request.
  @PUT
  @RolesAllowed({"part:local-stack", "part:gateway"})
  @Transactional
  public People upsert(People.@Nullable Upsert body) {
    if (body == null || body.people() == null || body.people().size() > MAX_PEOPLE) {
      throw ProblemException.invalid("people", "must be a list with at most " + MAX_PEOPLE);
    }
    List<Profile> profiles = body.people().stream().map(Profile::of).toList();
    directory.lock();
    return new People(profiles.stream().map(p -> directory.upsert(p).view()).toList());
  }

  /// Returns the people with the given ids, active or not, ordered by id. The fixed order prevents
  /// deadlocks between writers of copies.
  @GET
  @RolesAllowed({"part:conversation", "part:message", "part:attachment", "part:gateway"})
  @Transactional
  public People people(@QueryParam("ids") @DefaultValue("") String ids) {
    List<String> wanted = Arrays.stream(ids.split(",")).filter(id -> !id.isEmpty()).toList();
    if (wanted.size() > MAX_PEOPLE) {
      throw ProblemException.invalid("ids", "must contain at most " + MAX_PEOPLE);
    }
    return new People(Person.withIds(wanted).stream().map(Person::view).toList());
  }

  /// Counts the active people.
  @GET
  @Path("/count")
  @RolesAllowed("part:gateway")
  @Transactional
  public People.Count count() {
    return new People.Count(Person.count("active"));
  }
}
