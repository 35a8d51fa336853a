/** What the installation sends to the service worker. `PushPayload` of notification-service writes it. */
export interface PushMessage {
  conversation: string;
  message: string;
  sent_at: number;
  language: string;
  page: string;
  /** Absent where the organisation does not allow names in notifications. */
  sender?: string;
  /** The title of a group; absent for a 1-to-1 conversation. */
  group?: string;
  /** The beginning of the text; absent where the organisation does not allow it. */
  text?: string;
}

/** What the worker keeps with a notification. */
export interface NotificationData {
  conversation: string;
  message: string;
  page: string;
}

/** A message of the worker to a page: the person clicked a notification of that conversation. */
export interface OpenRequest {
  type: 'tenant_chat_open';
  conversation: string;
}

const newMessage: Record<string, string> = { en: 'New message', es: 'Mensaje nuevo', 'pt-BR': 'Nova mensagem' };

/** Begins the fragment of a URL that opens a conversation. */
export const fragmentPrefix = '#tenant_chat=';

/** One notification for each conversation: a later one replaces it. */
export function tagOf(message: PushMessage): string {
  return `tenant_chat|${message.conversation}`;
}

export function titleOf(message: PushMessage): string {
  return message.group ?? message.sender ?? textOf(message.language);
}

export function bodyOf(message: PushMessage): string {
  if (message.sender === undefined) return '';
  const text = message.text ?? textOf(message.language);
  return message.group === undefined ? text : `\u2068${message.sender}\u2069: ${text}`;
}

/** The address that a click opens if no page with the chat is open. Never of another origin. */
export function addressOf({ page, conversation }: NotificationData, origin: string): string {
  const url = new URL(page, origin);
  const safe = url.origin === origin ? url : new URL('/', origin);
  safe.hash = `${fragmentPrefix}${encodeURIComponent(conversation)}`;
  return safe.href;
}

/** The conversation in a page's fragment, or null. */
export function conversationIn(fragment: string): string | null {
  const id = fragment.startsWith(fragmentPrefix) ? fragment.slice(fragmentPrefix.length) : '';
  return /^[0-9a-f-]{36}$/.test(id) ? id : null;
}

function textOf(language: string): string {
  return newMessage[language] ?? newMessage.en ?? '';
}
