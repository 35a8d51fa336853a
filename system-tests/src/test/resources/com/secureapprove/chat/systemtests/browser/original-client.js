'use strict';
// A stand-in for the client of the chat that this suite replaces. It uses only what that chat offered: no message
// sequence, no resume, no idempotency keys, no acknowledgements, and `file` as the only link of an attachment.
// It is loaded by the gateway's page in place of the web client.

document.body.innerHTML = `
<p id="state"></p>
<p id="error"></p>
<ul id="people"></ul>
<ul id="conversations"></ul>
<form id="group"><input name="title"><button>Create the group of everybody</button></form>
<h2 id="title"></h2>
<p id="participants"></p>
<p id="typing"></p>
<ol id="messages"></ol>
<form id="composer">
  <textarea name="content"></textarea>
  <input type="file" name="attachments" multiple>
  <button>Send</button>
</form>
<form id="rename"><input name="title"><button>Rename</button></form>
<ul id="notifications"></ul>
`;

const api = '/api/chat/';
const el = (id) => document.getElementById(id);
let me, csrf, open = null, socket = null, polling = null, conversations = [], people = [];

async function call(method, path, body) {
  const headers = {};
  if (method !== 'GET') headers['X-CSRFToken'] = csrf;
  if (body && !(body instanceof FormData)) headers['Content-Type'] = 'application/json';
  const response = await fetch(api + path, {
    method, headers, credentials: 'same-origin',
    body: !body || body instanceof FormData ? body : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

const attempt = (action) => action().then(() => (el('error').textContent = ''), (e) => (el('error').textContent = e.message));

function item(parent, text, data) {
  const line = document.createElement('li');
  line.textContent = text;
  Object.assign(line.dataset, data);
  parent.append(line);
  return line;
}

async function loadPeople() {
  people = await call('GET', 'conversations/presence/');
  el('people').replaceChildren();
  for (const person of people.filter((one) => one.id !== me.id)) {
    item(el('people'), person.name, { id: person.id, online: person.is_online }).onclick = () =>
      attempt(async () => show((await call('POST', 'conversations/start/', { participant_id: person.id })).id));
  }
}

async function loadConversations() {
  conversations = await call('GET', 'conversations/');
  el('conversations').replaceChildren();
  for (const one of conversations) {
    const last = one.last_message ? one.last_message.content || one.last_message.attachments[0].filename : '';
    item(el('conversations'), `${one.title} (${one.unread_count}) ${last}`, { id: one.id }).onclick = () =>
      attempt(() => show(one.id));
  }
}

async function show(id) {
  const conversation = await call('GET', `conversations/${id}/`);
  open = { id, seen: new Set(), last: null };
  el('title').textContent = conversation.title;
  el('participants').textContent = conversation.participants.map((one) => one.name).sort().join(', ');
  el('messages').replaceChildren();
  for (const message of await call('GET', `conversations/${id}/messages/`)) add(message);
  await call('POST', `conversations/${id}/mark_read/`, {});
  await loadConversations();
}

function add(message) {
  if (open.seen.has(message.id)) return;
  open.seen.add(message.id);
  open.last = message.id;
  const mine = message.sender_id === me.id;
  const line = item(el('messages'), `${message.sender_name}: ${message.content}`, { id: message.id });
  if (mine) line.dataset.status = message.status;
  for (const attachment of message.attachments) {
    if (!attachment.file) continue;
    const link = document.createElement('a');
    link.href = attachment.file;
    link.download = link.textContent = attachment.filename;
    line.append(' ', link);
  }
}

function receive(frame) {
  switch (frame.type) {
    case 'connected':
      el('state').textContent = `${frame.message} as ${frame.user_id === me.id ? me.name : 'somebody else'}`;
      return;
    case 'message_created':
      if (open && frame.conversation_id === open.id) {
        add(frame.message);
        attempt(() => call('POST', `conversations/${open.id}/mark_read/`, {}));
      } else attempt(loadConversations);
      return;
    case 'message_status':
      for (const { id, status } of frame.messages) {
        const line = document.querySelector(`#messages [data-id="${id}"][data-status]`);
        if (line) line.dataset.status = status;
      }
      return;
    case 'typing':
      el('typing').textContent = `${frame.user_name} is typing`;
      return;
    case 'presence': {
      const line = document.querySelector(`#people [data-id="${frame.user_id}"]`);
      if (line) line.dataset.online = frame.is_online;
      return;
    }
    default:
      if (frame.type.startsWith('notification_'))
        item(el('notifications'), `${frame.title}: your request is now ${frame.status}`, { request: frame.request_id });
  }
}

function connect() {
  socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/chat/`);
  socket.onmessage = (event) => receive(JSON.parse(event.data));
  socket.onclose = () => {
    el('state').textContent = 'polling';
    polling ??= setInterval(poll, 1000);
  };
  setInterval(() => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify({ type: 'ping' })), 25000);
}

async function poll() {
  await loadConversations();
  if (!open) return;
  const since = open.last ? `?since_id=${open.last}` : '';
  for (const message of await call('GET', `conversations/${open.id}/messages/${since}`)) add(message);
}

el('composer').onsubmit = (event) => {
  event.preventDefault();
  attempt(async () => {
    const message = await call('POST', `conversations/${open.id}/messages/`, new FormData(event.target));
    event.target.reset();
    add(message);
  });
};
el('composer').oninput = () => attempt(() => call('POST', `conversations/${open.id}/typing/`));
el('group').onsubmit = (event) => {
  event.preventDefault();
  const title = new FormData(event.target).get('title');
  const ids = people.filter((one) => one.id !== me.id).map((one) => one.id);
  attempt(async () => show((await call('POST', 'conversations/start_group/', { participant_ids: ids, title })).id));
};
el('rename').onsubmit = (event) => {
  event.preventDefault();
  const title = new FormData(event.target).get('title');
  attempt(async () => {
    const renamed = await call('PATCH', `conversations/${open.id}/update_title/`, { title });
    el('title').textContent = renamed.title;
  });
};

(async () => {
  me = await call('GET', 'me/');
  csrf = me.csrf_token;
  await loadPeople();
  await loadConversations();
  connect();
})();
