import { ApiError } from './errors.ts';
import type { Attachment } from './wire.ts';

/** A running upload: its end, and the way to call it off. */
export interface Upload {
  readonly done: Promise<Attachment>;
  cancel(): void;
}

/** As `fetch` tells nothing of what has gone up already, this is the older way to ask. */
export function send(
  request: XMLHttpRequest,
  url: string,
  headers: Record<string, string>,
  file: File,
  progress: (share: number) => void,
): Promise<{ status: number; body: string; retryAfter: string | null }> {
  return new Promise((resolve, reject) => {
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () =>
      resolve({
        status: request.status,
        body: request.responseText,
        retryAfter: request.getResponseHeader('Retry-After'),
      });
    request.onerror = () => reject(new ApiError(0, null, null));
    request.onabort = () => reject(new ApiError(0, null, null));
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}
