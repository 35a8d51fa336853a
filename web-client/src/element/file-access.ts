import type { Api } from '../api/client.ts';
import type { Attachment } from '../api/wire.ts';

const maxCached = 60;

/**
 * The URLs of the gateway's files. With a session cookie the page can use them directly. With a token the files are
 * fetched and shown by blob URLs, which are kept in a bounded cache.
 */
export class FileAccess {
  readonly #cache = new Map<string, Promise<string>>();

  constructor(private readonly api: Api) {}

  url(path: string): Promise<string> {
    if (!this.api.usesToken) return Promise.resolve(this.api.address(path));
    const known = this.#cache.get(path);
    if (known) return known;
    const fetched = this.api.blob(path).then((blob) => URL.createObjectURL(blob));
    this.#cache.set(path, fetched);
    fetched.catch(() => this.#cache.delete(path));
    const [oldest] = this.#cache.keys();
    if (oldest !== undefined && this.#cache.size > maxCached) this.#release(oldest);
    return fetched;
  }

  /** Saves a file that a plain link cannot download, because the request needs a token. */
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
    const cached = this.#cache.get(path);
    this.#cache.delete(path);
    cached?.then((address) => URL.revokeObjectURL(address)).catch(() => undefined);
  }
}
