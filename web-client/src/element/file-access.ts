import type { Api } from '../api/client.ts';
import type { Attachment } from '../api/wire.ts';

const maxCached = 60;

/**
 * The gateway's files for the page. With a cookie their addresses do; with a token they are fetched and shown as
 * blob addresses, a bounded number of which is kept.
 */
export class FileAccess {
  readonly #cache = new Map<string, Promise<string>>();

  constructor(private readonly api: Api) {}

  url(path: string): Promise<string> {
    if (!this.api.getToken) return Promise.resolve(this.api.address(path));
    const known = this.#cache.get(path);
    if (known) return known;
    const fetched = this.api.blob(path).then((blob) => URL.createObjectURL(blob));
    this.#cache.set(path, fetched);
    fetched.catch(() => this.#cache.delete(path));
    const [oldest] = this.#cache.keys();
    if (oldest !== undefined && this.#cache.size > maxCached) this.#release(oldest);
    return fetched;
  }

  /** With a token a plain link would be refused: the bytes are fetched and handed to the browser to save. */
  async download(file: Attachment): Promise<void> {
    const address = URL.createObjectURL(await this.api.blob(file.download_url));
    const link = document.createElement('a');
    link.href = address;
    link.download = file.filename;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  release(): void {
    for (const path of [...this.#cache.keys()]) this.#release(path);
  }

  #release(path: string): void {
    const kept = this.#cache.get(path);
    this.#cache.delete(path);
    kept?.then((address) => URL.revokeObjectURL(address)).catch(() => undefined);
  }
}
