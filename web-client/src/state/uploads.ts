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

const extensionsByType = new Map(
  Object.entries({
    'image/jpeg': ['jpg', 'jpeg'],
    'image/png': ['png'],
    'image/gif': ['gif'],
    'image/webp': ['webp'],
    'application/pdf': ['pdf'],
    'application/msword': ['doc'],
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
    'application/vnd.ms-excel': ['xls'],
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
    'application/vnd.ms-powerpoint': ['ppt'],
    'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
    'text/plain': ['txt'],
    'text/csv': ['csv'],
  }),
);

/** The value of the file input's `accept` attribute. */
export const acceptedExtensions = [...extensionsByType.values()]
  .flat()
  .map((extension) => `.${extension}`)
  .join(',');

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

/** Checks a file before its upload; `picked` counts the files already chosen. The gateway also checks the bytes. */
export function refusalOf(
  file: { name: string; size: number; type: string },
  picked: number,
  limits: Limits,
): UploadRefusal | null {
  if (picked >= limits.attachments_per_message) return 'too_many';
  if (file.size === 0) return 'empty';
  if (file.size > limits.attachment_bytes) return 'too_big';
  const extension = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase() : '';
  const allowed =
    extensionsByType.has(file.type) ||
    [...extensionsByType.values()].some((extensions) => extensions.includes(extension));
  return allowed ? null : 'type';
}
