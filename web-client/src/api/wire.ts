/** What the gateway says and hears, exactly as the API spells it. Nothing here is ours to rename. */

export type Role = 'owner' | 'admin' | 'member';
export type Status = 'sent' | 'delivered' | 'read';

export interface Me {
  id: string;
  name: string;
  email: string;
  tenant: string;
  roles?: string[];
  csrf_token?: string | null;
  limits?: Limits | null;
}

export interface Limits {
  max_content_length?: number;
  max_attachments?: number;
  max_attachment_bytes?: number;
}

export interface Person {
  id: string;
  name: string;
  email: string;
  is_online: boolean;
  last_seen: string | null;
}

export interface Participant {
  id: string;
  name: string;
  email: string;
  role?: Role;
}

export interface Attachment {
  id: string;
  filename: string;
  content_type: string;
  size: number;
  download_url: string;
  thumbnail_url: string | null;
  uploaded_at: string;
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
  client_message_id?: string | null;
  status: Status;
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
  /** Only frames say it; REST says what follows from it. */
  archived_at_seq?: number | null;
  is_muted: boolean;
  my_role: Role | null;
  last_seq: number | null;
  last_read_seq: number | null;
}

export interface Problem {
  status?: number;
  type?: string;
  title?: string;
  detail?: string;
  error?: string;
  trace_id?: string;
  violations?: { field: string; message: string }[];
}

/** Only what we act on is named; a frame of another type is passed on or ignored, never an error. */
export type ServerFrame =
  | {
      type: 'connected';
      user_id: string;
      session_id?: string;
      event_id?: string;
      ping_interval_s?: number;
    }
  | { type: 'message_created'; conversation_id: string; message: Message; event_id?: string }
  | {
      type: 'message_status';
      conversation_id: string;
      messages?: { id: string; status: Status }[];
      read_seq?: number | null;
      delivered_seq?: number | null;
      user_id?: string | null;
      event_id?: string;
    }
  | { type: 'typing'; conversation_id: string; user_id: string; user_name: string }
  | { type: 'presence'; user_id: string; is_online: boolean; last_seen?: string | null }
  | ConversationFrame
  | { type: 'ack'; client_message_id: string; message: Message; event_id?: string }
  | {
      type: 'error';
      code: string | number;
      detail?: string;
      client_message_id?: string | null;
      retry_after?: number | null;
    }
  | { type: 'resync'; event_id?: string }
  | { type: 'pong'; event_id?: string };

export interface ConversationFrame {
  type:
    | 'conversation_created'
    | 'conversation_updated'
    | 'conversation_deleted'
    | 'participant_added'
    | 'participant_removed';
  conversation_id?: string;
  conversation?: Partial<Conversation> & { id: string };
  title?: string | null;
  is_archived?: boolean | null;
  is_muted?: boolean | null;
  archived_at_seq?: number | null;
  user_id?: string | null;
  user_ids?: string[] | null;
  participant_id?: string | null;
  participant_ids?: string[] | null;
  event_id?: string;
}

export interface NotificationFrame {
  type: `notification_${string}`;
  data?: unknown;
  event_id?: string;
}

export type ClientFrame =
  | { type: 'ping' }
  | {
      type: 'send';
      conversation_id: string;
      content: string;
      attachment_ids?: string[];
      client_message_id: string;
    }
  | { type: 'typing'; conversation_id: string }
  | { type: 'mark_read'; conversation_id: string; up_to?: string }
  | { type: 'auth'; token: string };
