package com.secureapprove.chat.platform.redis;

/// The names of all keys and channels in Redis.
///
/// A name in braces is the hash tag: all keys of one function, and all keys of a tenant, are on one
/// node of a Redis Cluster. `s3` stands for a shard, `acme` for a tenant, `message` for a service.
/// "Written by" names the only writer, unless `redis/chat.lua` says otherwise.
///
/// | key | type | value | expiry | written by |
/// |---|---|---|---|---|
/// | `chat:{s3}:events` | stream | field `e`: an event | resume window, maximum length | services |
/// | `chat:{s3}:changes` | stream | the same without frequent events | as above | services |
/// | `chat:{s3}:fence:message` | string | highest fencing token of the relay | none | the service |
/// | `chat:{s3}:ends` | hash | by service: id of its last entry; `*`: of any | none | services |
/// | `chat:{s3}:dead:message` | stream | events that it could not apply | 10,000 | the service |
/// | `chat:{acme}:seen` | sorted set | person by last activity in ms | trimmed | gateway, presence |
/// | `chat:{acme}:online` | sorted set | the same, of people online | none | gateway, presence |
/// | `chat:{acme}:seeded` | string | exists unless presence data was lost | none | presence |
/// | `chat:{acme}:saved` | string | `seen` is in PostgreSQL up to this ms | none | presence |
/// | `chat:{acme}:saving` | string | lease of the replica that saves `seen` | interval | presence |
/// | `chat:{acme}:typing:<conversation>:<person>` | string | signalled just now | 1 s | all |
/// | `chat:{acme}:limit:<kind>:<person>` | sorted set | requests by ms | window | gateway |
/// | `chat:session:<digest>` | string | a browser session's connections may stay | its end | gateway |
/// | `chat:tokens:<digest>` | string | a browser session's tokens, encrypted | its end | gateway |
/// | `chat:sessions-of:<digest>` | set | sessions that an issuer ends together | 24 h | gateway |
/// | `chat:once:<digest>` | string | a text for a browser's next request, encrypted | 1 min | gateway |
/// | `chat:ended:<digest>` | string | revocation of a session | 24 h | gateway |
/// | `chat:logout:<digest>` | string | a used logout token | 15 min | gateway |
///
/// | channel | message | published by |
/// |---|---|---|
/// | `chat:{acme}:typing` | a person is typing | gateway, conversation-service |
/// | `chat:{acme}:presence` | a person came online or went offline | functions of `chat.lua` |
/// | `chat:ended` | digest of a session and time | gateway |
/// | `chat:outbox:message` | wakes the relays of the service; no content | the service |
/// | `chat:pulse:message` | heartbeat of subscriptions; no content | every process of the part |
public final class RedisKeys {
  /// The channel of revocations.
  public static final String REVOCATIONS = "chat:ended";

  private static final String TENANT_PREFIX = "chat:{";
  private static final String TYPING = "}:typing";
  private static final String PRESENCE = "}:presence";

  private RedisKeys() {}

  /// The event stream of a shard.
  public static String stream(int shard) {
    return ofShard(shard, "events");
  }

  /// The entries of [#stream] that are changes of conversations, memberships and people, with the
  /// same ids. Services that need no messages read this one.
  public static String changes(int shard) {
    return ofShard(shard, "changes");
  }

  /// The highest fencing token that the relay of a service has used.
  public static String fence(int shard, String service) {
    return ofShard(shard, "fence:" + service);
  }

  /// The ids of the services' last appended entries.
  public static String ends(int shard) {
    return ofShard(shard, "ends");
  }

  /// The events that a service could not apply.
  public static String deadLetters(int shard, String service) {
    return ofShard(shard, "dead:" + service);
  }

  /// When each person of a tenant was last active.
  public static String seen(String tenant) {
    return ofTenant(tenant, "seen");
  }

  /// The people of a tenant who are online.
  public static String online(String tenant) {
    return ofTenant(tenant, "online");
  }

  /// Exists unless the presence data of a tenant was lost.
  public static String seeded(String tenant) {
    return ofTenant(tenant, "seeded");
  }

  /// Up to when the last activity of a tenant's people is stored in PostgreSQL.
  public static String saved(String tenant) {
    return ofTenant(tenant, "saved");
  }

  /// The lease of the replica that stores the last activity.
  public static String saving(String tenant) {
    return ofTenant(tenant, "saving");
  }

  /// Exists for a moment after a person has signalled typing in a conversation.
  public static String recentTyping(String tenant, String conversation, String person) {
    return ofTenant(tenant, "typing:" + conversation + ":" + person);
  }

  /// The requests of a person that count against a rate limit.
  public static String rateLimit(String tenant, String limit, String person) {
    return ofTenant(tenant, "limit:" + limit + ":" + person);
  }

  /// The record of a browser session.
  public static String session(String digest) {
    return "chat:session:" + digest;
  }

  /// The tokens of a browser session.
  public static String sessionTokens(String digest) {
    return "chat:tokens:" + digest;
  }

  /// The browser sessions with a name by which an issuer ends them.
  public static String sessionsOf(String digest) {
    return "chat:sessions-of:" + digest;
  }

  /// A text for the next request of a browser.
  public static String oneTimeText(String digest) {
    return "chat:once:" + digest;
  }

  /// The revocation of a browser session.
  public static String revocation(String digest) {
    return "chat:ended:" + digest;
  }

  /// Marks a logout token as used.
  public static String usedLogoutToken(String digest) {
    return "chat:logout:" + digest;
  }

  /// The channel of a tenant's typing signals.
  public static String typing(String tenant) {
    return TENANT_PREFIX + tenant + TYPING;
  }

  /// The pattern of the typing channels of all tenants.
  public static String typingOfAllTenants() {
    return typing("*");
  }

  /// Whether a channel is one of typing signals.
  public static boolean isTyping(String channel) {
    return channel.endsWith(TYPING);
  }

  /// The channel of a tenant's presence changes.
  public static String presence(String tenant) {
    return TENANT_PREFIX + tenant + PRESENCE;
  }

  /// The pattern of the presence channels of all tenants.
  public static String presenceOfAllTenants() {
    return presence("*");
  }

  /// The tenant of a key or channel that has one.
  public static String tenantOf(String key) {
    return key.substring(TENANT_PREFIX.length(), key.indexOf('}'));
  }

  /// The channel that wakes the outbox relays of a service.
  public static String outbox(String service) {
    return "chat:outbox:" + service;
  }

  static String heartbeat(String part) {
    return "chat:pulse:" + part;
  }

  private static String ofShard(int shard, String name) {
    return "chat:{s" + shard + "}:" + name;
  }

  private static String ofTenant(String tenant, String name) {
    return TENANT_PREFIX + tenant + "}:" + name;
  }
}
