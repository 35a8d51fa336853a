// The page for developers of host applications: applies the attributes of the form to the chat element, and shows the
// tag to copy. Runs before the chat's script, so that its listeners receive the first events.
const chat = document.querySelector('tenant-chat');
const form = document.querySelector('#attributes');
const snippet = document.querySelector('#snippet');
const log = document.querySelector('#events');
const defaultAccent = form.elements.accent.defaultValue;
const maxEvents = 50;

const tokenScript = `<script>
  document.querySelector('tenant-chat').getToken = async () => {
    const response = await fetch('/chat-token');
    if (!response.ok) throw new Error('no token');
    return (await response.json()).token;
  };
</script>
`;

function show() {
  const { lang, theme, position, open, accent, elsewhere } = form.elements;
  const attributes = [];
  for (const field of [lang, theme, position]) {
    if (field.value) attributes.push(`${field.name}="${field.value}"`);
    if (field.value) chat.setAttribute(field.name, field.value);
    else chat.removeAttribute(field.name);
  }
  chat.toggleAttribute('open', open.checked);
  if (open.checked) attributes.push('open');
  const isDefault = accent.value === defaultAccent;
  if (isDefault) chat.style.removeProperty('--tenant-chat-accent');
  else chat.style.setProperty('--tenant-chat-accent', accent.value);
  const style = isDefault ? '' : `<style>\n  tenant-chat {\n    --tenant-chat-accent: ${accent.value};\n  }\n</style>\n`;
  const tag = ['tenant-chat', ...attributes].join(' ');
  const script = `<script src="${snippet.dataset.gateway}/tenant_chat.js" defer></script>\n`;
  snippet.textContent = `${script}${style}<${tag}></tenant-chat>\n${elsewhere.checked ? tokenScript : ''}`;
}

function logEvent(event) {
  document.querySelector('#no-events')?.remove();
  const line = document.createElement('p');
  const name = document.createElement('b');
  name.textContent = event.type;
  const detail = document.createElement('code');
  detail.textContent = JSON.stringify(event.detail);
  const time = document.createElement('time');
  time.textContent = new Date().toLocaleTimeString(document.documentElement.lang);
  line.append(time, ' ', name, ' ', detail);
  log.prepend(line);
  while (log.childElementCount > maxEvents) log.lastElementChild.remove();
}

for (const name of ['ready', 'opened', 'closed', 'message', 'unread', 'notification', 'signed-out']) {
  document.addEventListener(`chat-${name}`, logEvent);
}
// People can open and close the panel in the page, too; update the form and the tag.
for (const name of ['opened', 'closed']) {
  document.addEventListener(`chat-${name}`, () => {
    form.elements.open.checked = chat.opened;
    show();
  });
}
for (const button of document.querySelectorAll('[data-method]')) {
  button.addEventListener('click', () => chat[button.dataset.method]());
}
form.addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());

const copy = document.querySelector('#copy');
const copyText = copy.textContent;
copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(snippet.textContent);
  copy.textContent = copy.dataset.copied;
  setTimeout(() => (copy.textContent = copyText), 2000);
});

show();
