// Generated from openapi.yaml and asyncapi.yaml of the gateway: run `npm run generate`. Do not edit.

export interface AddParticipantsRequest {
  participant_ids: string[];
}

export interface Attachment {
  id: string;
  filename: string;
  content_type: string;
  size: number;
  download_url: string;
  thumbnail_url: string | null;
  uploaded_at: string;
  file: string;
}

export interface Conversation {
  id: string;
  title: string;
  is_group: boolean;
  created_at: string;
  updated_at: string;
  last_message: Message | null;
  unread_count: number | null;
  participants: Participant[];
  participant_count: number;
  is_archived: boolean;
  is_muted: boolean;
  my_role: Role | null;
  last_seq: number | null;
  last_read_seq: number | null;
}

export interface Done {
  status: string;
}

export interface Limits {
  content_characters: number;
  attachments_per_message: number;
  attachment_bytes: number;
  attachment_types: string[];
  frame_bytes: number;
  messages_per_minute: number;
  conversations_per_hour: number;
  uploads_per_minute: number;
  changes_per_minute: number;
}

export interface MailPreference {
  available: boolean;
  enabled: boolean;
  language: 'en' | 'es' | 'pt-BR' | null;
}

export interface MailPreferenceChange {
  enabled?: boolean;
  language?: 'en' | 'es' | 'pt-BR';
}

export interface MarkReadRequest {
  up_to?: string | null;
}

export interface MarkedRead {
  status: string;
  marked_read: number;
}

export interface Me {
  id: string;
  name: string;
  email: string;
  tenant: string;
  roles: string[];
  csrf_token?: string | null;
  limits: Limits;
  push_public_key?: string | null;
}

export interface Message {
  id: string;
  conversation: string;
  seq: number;
  sender_id: string;
  sender_name: string;
  sender_email: string;
  content: string;
  has_attachments: boolean;
  attachments: Attachment[];
  created_at: string;
  updated_at: string;
  client_message_id: string | null;
  status: MessageStatus;
}

export type MessageStatus = 'sent' | 'delivered' | 'read';

export interface NotificationAccepted {
  accepted: number;
  unknown_user_ids: string[];
}

export interface NotificationRequest {
  user_ids: string[];
  type: `notification_${string}`;
  data?: Record<string, unknown> | null;
}

export interface Participant {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export interface ParticipantDetails {
  id: string;
  name: string;
  email: string;
  role: Role;
  joined_at: string;
  delivered_seq: number | null;
  delivered_at: string | null;
  read_seq: number | null;
  read_at: string | null;
}

export interface ParticipantRemoved {
  conversation: Conversation;
  removed_participant: Participant;
}

export interface ParticipantsAdded {
  conversation: Conversation;
  added_participants: Participant[];
}

export interface PersonPresence {
  id: string;
  name: string;
  email: string;
  is_online: boolean;
  last_seen: string | null;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  error: string;
  instance?: string;
  trace_id?: string;
  violations?: { field: string; message: string }[];
}

export interface PushKeys {
  p256dh: string;
  auth: string;
}

export type PushLanguage = 'en' | 'es' | 'pt-BR';

export interface PushSubscription {
  id: string;
  service: string;
  language: PushLanguage;
  page: string;
  created_at: string;
}

export interface PushSubscriptionRequest {
  endpoint: string;
  keys: PushKeys;
  language?: PushLanguage;
  page?: string;
}

export interface Receipt {
  user_id: string;
  delivered_seq: number | null;
  delivered_at: string | null;
  read_seq: number | null;
  read_at: string | null;
}

export interface RemoveParticipantRequest {
  participant_id: string;
}

export type Role = 'owner' | 'admin' | 'member';

export interface SendForm {
  content?: string;
  client_message_id?: string;
  attachments?: Blob[];
}

export interface SendRequest {
  content?: string | null;
  attachment_ids?: string[] | null;
  client_message_id?: string | null;
}

export interface SetRoleRequest {
  participant_id: string;
  role: Role;
}

export interface StartGroupRequest {
  participant_ids: string[];
  title?: string | null;
}

export interface StartRequest {
  participant_id: string;
}

export interface Unread {
  total: number;
  conversations: number;
}

export interface UpdateTitleRequest {
  title: string;
}

export interface ServerConnectedFrame {
  type: 'connected';
  user_id: string;
  message: 'Connected to chat';
  session_id: string;
  event_id?: string;
  ping_interval_s: number;
}

export interface ServerMessageCreatedFrame {
  type: 'message_created';
  event_id: string;
  conversation_id: string;
  message: Message;
}

export interface ServerMessageStatusFrame {
  type: 'message_status';
  event_id: string;
  conversation_id: string;
  messages: { id: string; status: MessageStatus }[];
  user_id?: string;
  read_seq?: number;
  delivered_seq?: number;
}

export interface ServerTypingFrame {
  type: 'typing';
  conversation_id: string;
  user_id: string;
  user_name: string;
}

export interface ServerPresenceFrame {
  type: 'presence';
  user_id: string;
  is_online: boolean;
  last_seen?: string;
}

export interface ServerConversationCreatedFrame {
  type: 'conversation_created';
  event_id: string;
  conversation_id: string;
  is_group: boolean;
  created_by: string;
  participant_ids: string[];
}

export interface ServerConversationUpdatedFrame {
  type: 'conversation_updated';
  event_id: string;
  conversation_id: string;
  title?: string;
  changed_by?: string;
  is_archived?: boolean;
  is_muted?: boolean;
  archived_at_seq?: number;
}

export interface ServerParticipantAddedFrame {
  type: 'participant_added';
  event_id: string;
  conversation_id: string;
  user_ids: string[];
  added_by: string;
}

export interface ServerParticipantRemovedFrame {
  type: 'participant_removed';
  event_id: string;
  conversation_id: string;
  user_id: string;
  removed_by: string;
}

export interface ServerNotificationFrame {
  type: `notification_${string}`;
  event_id: string;
  data: Record<string, unknown>;
  at?: string;
}

export interface ServerAckFrame {
  type: 'ack';
  client_message_id: string;
  message: Message;
}

export interface ServerErrorFrame {
  type: 'error';
  code: string;
  detail: string;
  client_message_id?: string;
  retry_after?: number;
}

export interface ServerResyncFrame {
  type: 'resync';
  event_id?: string;
}

export interface ServerPongFrame {
  type: 'pong';
  event_id?: string;
}

export interface ClientPingFrame {
  type: 'ping';
}

export interface ClientSendFrame {
  type: 'send';
  conversation_id: string;
  content: string;
  attachment_ids?: string[];
  client_message_id: string;
}

export interface ClientTypingFrame {
  type: 'typing';
  conversation_id: string;
}

export interface ClientMarkReadFrame {
  type: 'mark_read';
  conversation_id: string;
  up_to?: string;
}

export interface ClientDeliveredFrame {
  type: 'delivered';
  conversation_id: string;
  up_to: string;
}

export interface ClientAuthFrame {
  type: 'auth';
  token: string;
}

export type ServerFrame =
  | ServerConnectedFrame
  | ServerMessageCreatedFrame
  | ServerMessageStatusFrame
  | ServerTypingFrame
  | ServerPresenceFrame
  | ServerConversationCreatedFrame
  | ServerConversationUpdatedFrame
  | ServerParticipantAddedFrame
  | ServerParticipantRemovedFrame
  | ServerNotificationFrame
  | ServerAckFrame
  | ServerErrorFrame
  | ServerResyncFrame
  | ServerPongFrame;

export type ClientFrame =
  ClientPingFrame | ClientSendFrame | ClientTypingFrame | ClientMarkReadFrame | ClientDeliveredFrame | ClientAuthFrame;
