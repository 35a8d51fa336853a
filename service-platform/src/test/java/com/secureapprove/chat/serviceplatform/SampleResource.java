package com.secureapprove.chat.serviceplatform;

import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.serviceplatform.people.KnownPeople;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Endpoints of the sample service: a write, a read, and one that needs another service.
@Path("/samples")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class SampleResource {
  /// The body of a client.
  record Draft(String title) {}

  private final SampleAggregates samples;
  private final KnownPeople people;

  SampleResource(SampleAggregates samples, KnownPeople people) {
    this.samples = samples;
    this.people = people;
  }

  @PUT
  @Path("/{id}")
  public void rename(@PathParam("id") UUID id) {
    samples.rename(id, "renamed");
  }

  @GET
  @Path("/{id}")
  public List<String> titles(@PathParam("id") UUID id) {
    return samples.titles(id);
  }

  @POST
  public String create(Draft draft) {
    return draft.title();
  }

  @POST
  @Path("/internal")
  public int internal(People.Upsert call) {
    return call.people().size();
  }

  @GET
  @Path("/people/{id}")
  public Set<String> people(@PathParam("id") String id) {
    return people.active(List.of(id));
  }
}
