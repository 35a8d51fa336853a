/**
 * Writes custom-elements.json, the description of the element tenant-chat, from the comments in its class. With --check
 * it fails if the file is stale, if the comments differ from the source, or if docs/embedding.md misses something.
 */
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = new URL('../', import.meta.url);
const target = new URL('custom-elements.json', root);
const embedding = new URL('../docs/embedding.md', root);
const read = (url) => readFileSync(url, 'utf8');

const manifest = await cli({
  argv: ['analyze', '--litelement', '--quiet', '--globs', 'src/element/tenant-chat.ts', '--outdir', 'target/manifest'],
  cwd: fileURLToPath(root),
});
const element = manifest.modules[0].declarations.find((declaration) => declaration.customElement);
element.members = element.members.filter((member) => member.privacy !== 'private' && member.privacy !== 'protected');
const fields = new Set(element.members.map((member) => member.name));
element.attributes = element.attributes.filter((attribute) => fields.has(attribute.fieldName));
// The analyzer takes the variable in `new CustomEvent(name)` for the name of an event.
element.events = element.events.filter((event) => event.name !== 'name');
// The exported class is not an API: host pages use the element by its tag.
manifest.modules[0].exports = [];
const options = await resolveConfig(target);
const formatted = await format(JSON.stringify(manifest), { ...options, parser: 'json' });

const sources = readdirSync(new URL('src/', root), { recursive: true })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => read(new URL(`src/${path}`, root)));
const inSources = (pattern) => sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1]));
const names = (list) => new Set(list.map(({ name }) => name));
const attributes = names(element.attributes);
const events = names(element.events);
const properties = names(element.cssProperties);
const parts = names(element.cssParts);
const methods = names(element.members.filter((member) => member.kind === 'method'));

const problems = [];
function compare(kind, documented, used) {
  for (const name of documented) if (!used.has(name)) problems.push(`${kind} ${name} is documented but not used`);
  for (const name of used) if (!documented.has(name)) problems.push(`${kind} ${name} is used but not documented`);
}
// Most parts are attributes; the parts of a message are composed in its bubble.
const usedParts = [...inSources(/\bpart="([^"]+)"/g), ...inSources(/\b(parts: '.*|parts: mine .*)/g)];
compare('part', parts, new Set(usedParts.flatMap((value) => value.match(/(?<![\w.{])[a-z][a-z-]+(?![\w:.]| \?)/g))));
compare('CSS property', properties, new Set(inSources(/var\(\s*(--tenant-chat-[a-z-]+)/g)));
compare('event', events, new Set(inSources(/'(chat-[a-z]+(?:-[a-z]+)*)'/g)));

const documentation = read(embedding);
for (const name of [...attributes, ...events, ...properties, ...parts]) {
  if (!documentation.includes(`\`${name}\``)) problems.push(`docs/embedding.md does not name ${name}`);
}
for (const name of methods) {
  if (!documentation.includes(`\`${name}(`)) problems.push(`docs/embedding.md does not name ${name}()`);
}

if (!process.argv.includes('--check')) {
  writeFileSync(target, formatted);
} else if (read(target) !== formatted) {
  problems.push('custom-elements.json is stale: run `npm ci && npm run generate` in web-client and commit it');
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
