package com.secureapprove.chat.presence.online;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.contracts.Audience;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Internal look-up of who is online, for notification-service.
@Path("/internal/online")
@RunOnVirtualThread
class OnlineResource {
  private static final int MAX_PEOPLE = 200;
  private static final int MAX_TENANTS = 10_000;

  /// Many messages of a tenant share one query to Redis.
  private static final Duration REUSED_FOR = Duration.ofSeconds(1);

  private final PresenceStore store;
  private final Caller caller;
  private final Cache<String, Set<String>> recent =
      Caffeine.newBuilder().maximumSize(MAX_TENANTS).expireAfterWrite(REUSED_FOR).build();

  OnlineResource(PresenceStore store, Caller caller) {
    this.store = store;
    this.caller = caller;
  }

  /// Returns those of the people who are online, as of at most a second ago.
  ///
  /// @param userIds at most 200, separated by commas
  @GET
  @RolesAllowed("part:notification")
  public Audience.Online online(@QueryParam("user_ids") @DefaultValue("") String userIds) {
    List<String> people = Arrays.stream(userIds.split(",")).filter(id -> !id.isEmpty()).toList();
    if (people.size() > MAX_PEOPLE) {
      throw ProblemException.invalid("user_ids", "must contain at most " + MAX_PEOPLE);
    }
    Set<String> online = recent.get(caller.tenant(), store::online);
    return new Audience.Online(people.stream().filter(online::contains).toList());
  }
}
