import { ApiError } from './errors.ts';
import type { Attachment } from './wire.ts';

/** An upload in progress. */
export interface FileUpload {
  readonly done: Promise<Attachment>;
  cancel(): void;
}

export interface UploadResponse {
  status: number;
  body: string;
  retryAfter: string | null;
}

/** Posts a file as a form. `XMLHttpRequest` is used because `fetch` does not report the progress of an upload. */
export function postFile(
  request: XMLHttpRequest,
  url: string,
  headers: Record<string, string>,
  file: File,
  onProgress: (fraction: number) => void,
): Promise<UploadResponse> {
  return new Promise((resolve, reject) => {
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
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
