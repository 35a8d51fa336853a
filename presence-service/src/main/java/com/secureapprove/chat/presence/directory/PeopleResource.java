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

/// The directory for the other parts.
@Path("/internal/people")
@RunOnVirtualThread
class PeopleResource {
  private static final int MOST = 200;

  private final Directory directory;

  PeopleResource(Directory directory) {
    this.directory = directory;
  }

  /// Makes people or brings them up to date, all or none; answers them in the order given.
  @PUT
  @RolesAllowed({"part:local-stack", "part:gateway"})
  @Transactional
  public People upsert(People.@Nullable Upsert body) {
    if (body == null || body.people() == null || body.people().size() > MOST) {
      throw ProblemException.invalid("people", "must be a list of at most " + MOST);
    }
    List<Profile> profiles = body.people().stream().map(Profile::of).toList();
    directory.lock();
    return new People(profiles.stream().map(p -> directory.upsert(p).view()).toList());
  }

  /// Those of these people who are in the tenant, active or not, ordered by id: copies written in
  /// one order do not block each other.
  @GET
  @RolesAllowed({"part:conversation", "part:message", "part:attachment", "part:gateway"})
  @Transactional
  public People people(@QueryParam("ids") @DefaultValue("") String ids) {
    List<String> wanted = Arrays.stream(ids.split(",")).filter(id -> !id.isEmpty()).toList();
    if (wanted.size() > MOST) {
      throw ProblemException.invalid("ids", "must be at most " + MOST);
    }
    return new People(Person.withIds(wanted).stream().map(Person::view).toList());
  }

  /// How many are active.
  @GET
  @Path("/count")
  @RolesAllowed("part:gateway")
  @Transactional
  public People.Count count() {
    return new People.Count(Person.count("active"));
  }
}
