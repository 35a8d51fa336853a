import type { Attachment, Limits } from '../api/wire.ts';

/** The life of a file that somebody picked, until the message that carries it is sent. */
export type Uploading =
  | { is: 'uploading'; share: number }
  | { is: 'done'; attachment: Attachment }
  | { is: 'failed'; reason: string | null }
  | { is: 'refused'; why: Refusal };

export type Refusal = 'too_big' | 'type' | 'empty' | 'too_many';

export interface Picked {
  id: string;
  name: string;
  size: number;
  life: Uploading;
}

export type UploadHappening =
  | { what: 'progress'; share: number }
  | { what: 'done'; attachment: Attachment }
  | { what: 'failed'; reason: string | null }
  | { what: 'retry' };

const allowed = new Map(
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

/** For the file picker. */
export const accepted = [...allowed.values()]
  .flat()
  .map((ending) => `.${ending}`)
  .join(',');

export function nextUploading(life: Uploading, happening: UploadHappening): Uploading {
  switch (happening.what) {
    case 'progress':
      return life.is === 'uploading' ? { is: 'uploading', share: Math.max(life.share, happening.share) } : life;
    case 'done':
      return life.is === 'uploading' ? { is: 'done', attachment: happening.attachment } : life;
    case 'failed':
      return life.is === 'uploading' ? { is: 'failed', reason: happening.reason } : life;
    case 'retry':
      return life.is === 'failed' ? { is: 'uploading', share: 0 } : life;
  }
}

/** Checks a file before its upload; `picked` counts the files already chosen. The gateway also checks the bytes. */
export function refusalOf(
  file: { name: string; size: number; type: string },
  picked: number,
  limits: Limits,
): Refusal | null {
  if (picked >= limits.attachments_per_message) return 'too_many';
  if (file.size === 0) return 'empty';
  if (file.size > limits.attachment_bytes) return 'too_big';
  const ending = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase() : '';
  const known = allowed.has(file.type) || [...allowed.values()].some((endings) => endings.includes(ending));
  return known ? null : 'type';
}
