import type { Attachment, Limits } from '../api/wire.ts';

/** The states of a file from when it is picked until the message with it is sent. */
export type UploadState =
  | { kind: 'uploading'; fraction: number }
  | { kind: 'done'; attachment: Attachment }
  | { kind: 'failed'; reason: string | null }
  | { kind: 'refused'; reason: UploadRefusal };

export type UploadRefusal = 'too_big' | 'type' | 'empty' | 'too_many';

export interface PickedFile {
  id: string;
  name: string;
  size: number;
  state: UploadState;
}

export type UploadEvent =
  | { type: 'progress'; fraction: number }
  | { type: 'done'; attachment: Attachment }
  | { type: 'failed'; reason: string | null }
  | { type: 'retry_requested' };

/** The endings that the file dialog offers. Other files can be dropped, pasted, or chosen with "all files". */
const offeredExtensions = [
  ...['jpg', 'jpeg', 'png', 'gif', 'webp', 'pdf', 'doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx'],
  ...['txt', 'text', 'log', 'md', 'csv', 'tsv'],
];

/** The endings that the gateway refuses with any content. */
const refusedExtensions = new Set([
  ...['html', 'htm', 'xhtml', 'shtml', 'mht', 'mhtml', 'eml', 'svg', 'svgz', 'xml', 'xsl', 'hta', 'exe', 'dll', 'scr'],
  ...['msi', 'bat', 'cmd', 'ps1', 'vbs', 'js', 'jse', 'mjs', 'wsf', 'jar', 'lnk'],
]);

/** The value of the file input's `accept` attribute. */
export const acceptedExtensions = offeredExtensions.map((extension) => `.${extension}`).join(',');

export function nextUploadState(state: UploadState, event: UploadEvent): UploadState {
  switch (event.type) {
    case 'progress':
      return state.kind === 'uploading'
        ? { kind: 'uploading', fraction: Math.max(state.fraction, event.fraction) }
        : state;
    case 'done':
      return state.kind === 'uploading' ? { kind: 'done', attachment: event.attachment } : state;
    case 'failed':
      return state.kind === 'uploading' ? { kind: 'failed', reason: event.reason } : state;
    case 'retry_requested':
      return state.kind === 'failed' ? { kind: 'uploading', fraction: 0 } : state;
  }
}

/**
 * Checks a file before its upload; `picked` counts the files already chosen. The gateway decides by the bytes, so a
 * missing or unknown ending is no reason to refuse.
 */
export function refusalOf(file: { name: string; size: number }, picked: number, limits: Limits): UploadRefusal | null {
  if (picked >= limits.attachments_per_message) return 'too_many';
  if (file.size === 0) return 'empty';
  if (file.size > limits.attachment_bytes) return 'too_big';
  const extension = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase() : '';
  return refusedExtensions.has(extension) ? 'type' : null;
}
