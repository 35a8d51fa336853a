import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { Upload } from '../api/upload.ts';
import type { Attachment } from '../api/wire.ts';
import type { Keep } from '../state/keep.ts';
import { limitsOf } from '../state/limits.ts';
import { withEntry } from '../state/model.ts';
import type { Store } from '../state/store.ts';
import { nextUploading, refusalOf, type Picked, type UploadHappening } from '../state/uploads.ts';
import { newId } from './sender.ts';

/** Files on their way to the gateway, for each conversation; they go on while the conversation is not in sight. */
export class Uploads {
  readonly #running = new Map<string, Upload>();
  readonly #files = new Map<string, File>();

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly keep: Keep,
  ) {}

  pick(conversationId: string, files: Iterable<File>): void {
    for (const file of files) {
      const already = this.#of(conversationId).filter((picked) => picked.life.is !== 'refused').length;
      const why = refusalOf(file, already, limitsOf(this.store.state));
      const picked: Picked = {
        id: newId(),
        name: file.name,
        size: file.size,
        life: why ? { is: 'refused', why } : { is: 'uploading', share: 0 },
      };
      this.#put(conversationId, [...this.#of(conversationId), picked]);
      if (why) continue;
      this.#files.set(picked.id, file);
      void this.#run(conversationId, picked.id, file);
    }
  }

  retry(conversationId: string, id: string): void {
    const file = this.#files.get(id);
    if (!file) return;
    this.#happen(conversationId, id, { what: 'retry' });
    void this.#run(conversationId, id, file);
  }

  remove(conversationId: string, id: string): void {
    this.#running.get(id)?.cancel();
    this.#running.delete(id);
    this.#files.delete(id);
    this.#put(
      conversationId,
      this.#of(conversationId).filter((picked) => picked.id !== id),
    );
    this.keepDraft(conversationId, this.keep.draft(conversationId).content);
  }

  /** What was there before a reload: the text is the composer's, the files that had arrived are shown again. */
  restore(conversationId: string): void {
    if (this.store.state.uploads.has(conversationId)) return;
    const kept = this.keep.draft(conversationId).attachments;
    if (kept.length === 0) return;
    this.#put(
      conversationId,
      kept.map((attachment) => ({
        id: attachment.id,
        name: attachment.filename,
        size: attachment.size,
        life: { is: 'done', attachment },
      })),
    );
  }

  keepDraft(conversationId: string, content: string): void {
    this.keep.keepDraft(conversationId, { content, attachments: this.#arrived(conversationId) });
  }

  /** The files that go with a message now; they are then the message's. */
  take(conversationId: string): Attachment[] {
    const attachments = this.#arrived(conversationId);
    for (const picked of this.#of(conversationId)) this.#files.delete(picked.id);
    this.#put(conversationId, []);
    return attachments;
  }

  async #run(conversationId: string, id: string, file: File): Promise<void> {
    const upload = this.api.upload(file, (share) => this.#happen(conversationId, id, { what: 'progress', share }));
    this.#running.set(id, upload);
    try {
      const attachment = await upload.done;
      this.#happen(conversationId, id, { what: 'done', attachment });
      this.keepDraft(conversationId, this.keep.draft(conversationId).content);
    } catch (error) {
      const reason = error instanceof ApiError && error.problem ? error.message : null;
      this.#happen(conversationId, id, { what: 'failed', reason });
    } finally {
      this.#running.delete(id);
    }
  }

  #arrived(conversationId: string): Attachment[] {
    return this.#of(conversationId).flatMap(({ life }) => (life.is === 'done' ? [life.attachment] : []));
  }

  #happen(conversationId: string, id: string, happening: UploadHappening): void {
    this.#put(
      conversationId,
      this.#of(conversationId).map((picked) =>
        picked.id === id ? { ...picked, life: nextUploading(picked.life, happening) } : picked,
      ),
    );
  }

  #of(conversationId: string): readonly Picked[] {
    return this.store.state.uploads.get(conversationId) ?? [];
  }

  #put(conversationId: string, picked: readonly Picked[]): void {
    this.store.update((state) => ({ ...state, uploads: withEntry(state.uploads, conversationId, picked) }));
  }
}
