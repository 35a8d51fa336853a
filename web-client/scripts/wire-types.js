/**
 * Writes src/api/wire.ts, the types of the gateway's REST API and WebSocket frames, from its OpenAPI and AsyncAPI
 * documents. The file is committed, so that a build without Node has it. With --check it fails if the file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { URL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';

const contract = new URL('../../gateway/src/main/resources/META-INF/resources/', import.meta.url);
const target = new URL('../src/api/wire.ts', import.meta.url);

const openapi = parse(readFileSync(new URL('openapi.yaml', contract), 'utf8'));
const asyncapi = parse(readFileSync(new URL('asyncapi.yaml', contract), 'utf8'));

/** The TypeScript type of a JSON schema; `refs` collects the names of the schemas that it refers to. */
function typeOf(schema, refs) {
  if (schema === true) return 'unknown';
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    refs.add(name);
    return name;
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.oneOf) return schema.oneOf.map((one) => typeOf(one, refs)).join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, refs)).join(' | ');
  switch (schema.type) {
    case 'string':
      return stringType(schema);
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
    case 'null':
      return schema.type;
    case 'array':
      return `(${typeOf(schema.items, refs)})[]`;
    case 'object':
      return schema.properties ? objectType(schema, refs) : 'Record<string, unknown>';
    default:
      throw new Error(`No TypeScript type for ${JSON.stringify(schema)}`);
  }
}

/** A pattern that begins with a fixed prefix becomes a template literal type. */
function stringType(schema) {
  if (schema.format === 'binary') return 'Blob';
  const prefix = /^\^([a-z_]+)\[/.exec(schema.pattern ?? '')?.[1];
  return prefix ? `\`${prefix}\${string}\`` : 'string';
}

function objectType(schema, refs) {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties).map(
    ([name, property]) => `${name}${required.has(name) ? '' : '?'}: ${typeOf(property, refs)};`,
  );
  return `{ ${fields.join(' ')} }`;
}

function declare(name, schema, refs) {
  const type = typeOf(schema, refs);
  return type.startsWith('{') ? `export interface ${name} ${type}` : `export type ${name} = ${type};`;
}

/** Declares the named schemas and every schema that these refer to. */
function declarations(schemas, names) {
  const declared = new Map();
  const open = [...names];
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    if (declared.has(name)) continue;
    const refs = new Set();
    declared.set(name, declare(name, schemas[name], refs));
    open.push(...refs);
  }
  return declared;
}

/**
 * The schemas that the paths of the chat API name, and the problem that every refusal answers with. Paths of
 * administrators are left out: they need the provisioning token, which no browser has.
 */
function schemasOfTheApi() {
  const names = new Set(['Problem']);
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (typeof node.$ref === 'string' && node.$ref.includes('/schemas/')) names.add(node.$ref.split('/').at(-1));
    Object.values(node).forEach(visit);
  };
  const ofPeople = (operation) => !operation.security?.some((scheme) => 'provisioning' in scheme);
  for (const [path, item] of Object.entries(openapi.paths)) {
    if (path.startsWith('/api/chat/')) visit(Object.values(item).filter(ofPeople));
  }
  names.delete('HeaderText');
  return names;
}

const rest = declarations(openapi.components.schemas, schemasOfTheApi());
const payloads = Object.fromEntries(
  Object.entries(asyncapi.components.messages).map(([name, message]) => [`${name}Frame`, message.payload]),
);
const frames = declarations({ ...asyncapi.components.schemas, ...payloads }, Object.keys(payloads));
for (const [name, declaration] of frames) {
  if (!rest.has(name)) continue;
  if (rest.get(name) !== declaration) throw new Error(`openapi.yaml and asyncapi.yaml differ in the schema ${name}.`);
  frames.delete(name);
}
const union = (name, prefix) =>
  `export type ${name} = ${Object.keys(payloads)
    .filter((frame) => frame.startsWith(prefix))
    .join(' | ')};`;

const source = [
  '// Generated from openapi.yaml and asyncapi.yaml of the gateway: run `npm run generate`. Do not edit.',
  ...[...rest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, declaration]) => declaration),
  ...frames.values(),
  union('ServerFrame', 'Server'),
  union('ClientFrame', 'Client'),
].join('\n\n');
const options = await resolveConfig(target);
const formatted = await format(source, { ...options, parser: 'typescript' });

if (!process.argv.includes('--check')) {
  writeFileSync(target, formatted);
} else if (readFileSync(target, 'utf8') !== formatted) {
  process.stderr.write('src/api/wire.ts is stale: run `npm ci && npm run generate` in web-client and commit it.\n');
  process.exit(1);
}
