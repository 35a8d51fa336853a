import type { Limits } from '../api/wire.ts';
import type { ChatState } from './model.ts';

/** The gateway's defaults, used until `me/` was loaded. */
const defaults: Limits = {
  content_characters: 5_000,
  attachments_per_message: 10,
  attachment_bytes: 10 * 1024 * 1024,
  attachment_types: [],
  frame_bytes: 64 * 1024,
  messages_per_minute: 60,
  conversations_per_hour: 30,
  uploads_per_minute: 20,
  changes_per_minute: 120,
};

/** The limits that the gateway enforces, from `me/`. */
export function limitsOf(state: ChatState): Limits {
  return state.me?.limits ?? defaults;
}
