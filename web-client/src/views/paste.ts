/** What a paste contributes: the browser's own text, other text, or files. */
export type Paste = { kind: 'plain' } | { kind: 'text'; text: string } | { kind: 'files' };

interface PastedData {
  readonly files: ArrayLike<Pick<File, 'name' | 'type'>>;
  getData(type: string): string;
}

/**
 * Chooses the pasted content. Spreadsheets and word processors put a picture of the cells beside their text; the text is
 * wanted. A picture copied from a page comes with HTML that contains only the picture. Files come with their names.
 */
export function pasteOf(data: PastedData): Paste {
  const files = Array.from(data.files);
  if (files.length === 0) return { kind: 'plain' };
  if (files.some((file) => !file.type.startsWith('image/'))) return { kind: 'files' };
  const html = data.getData('text/html');
  const htmlText = textOf(html);
  const plain = data.getData('text/plain').trim();
  if (html.trim() !== '' && htmlText === '') return { kind: 'files' };
  if (plain !== '' && !namesFiles(plain, files)) return { kind: 'plain' };
  return plain === '' && htmlText !== '' ? { kind: 'text', text: htmlText } : { kind: 'files' };
}

/** Whether each line is the name, path or address of a file, as file managers write it. */
function namesFiles(plain: string, files: readonly Pick<File, 'name'>[]): boolean {
  return plain.split(/\r?\n/).every((line) => {
    const name = line.slice(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1);
    return line.trim() === '' || /^(file|https?):\S+$/.test(line) || files.some((file) => file.name === name);
  });
}

const entities = new Map([
  ['nbsp', ' '],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
]);

/** The text of HTML, with a tab between cells and a line for each row or paragraph. */
function textOf(html: string): string {
  return html
    .replace(/<!--[^]*?-->|<(style|script|head|title)\b[^]*?<\/\1\s*>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<\/t[dh]>\s*(?=<t[dh]\b)/gi, '\t')
    .replace(/<br\b[^>]*>|<\/(tr|p|div|li|h[1-6])\s*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      const code = decimal ? parseInt(decimal, 10) : hex ? parseInt(hex, 16) : 0;
      if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
      return entities.get(name ?? '') ?? whole;
    })
    .split('\n')
    .map((line) => line.replace(/^ +| +$/g, ''))
    .join('\n')
    .trim();
}
