import type { Api } from '../api/client.ts';
import { ApiError } from '../api/errors.ts';
import type { FileUpload } from '../api/file-upload.ts';
import type { Attachment } from '../api/wire.ts';
import type { DraftStore } from '../state/draft-store.ts';
import { limitsOf } from '../state/limits.ts';
import { withEntry } from '../state/model.ts';
import type { Store } from '../state/store.ts';
import { nextUploadState, refusalOf, type PickedFile, type UploadEvent } from '../state/uploads.ts';
import { newId } from './sender.ts';

/** The picked files of each conversation. Uploads continue while another conversation is open. */
export class Uploads {
  readonly #running = new Map<string, FileUpload>();
  readonly #files = new Map<string, File>();

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly drafts: DraftStore,
  ) {}

  /** Checks the files and starts an upload for each allowed one. */
  pick(conversationId: string, files: Iterable<File>): void {
    for (const file of files) {
      const count = this.#filesOf(conversationId).filter((picked) => picked.state.kind !== 'refused').length;
      const reason = refusalOf(file, count, limitsOf(this.store.state));
      const picked: PickedFile = {
        id: newId(),
        name: file.name,
        size: file.size,
        state: reason ? { kind: 'refused', reason } : { kind: 'uploading', fraction: 0 },
      };
      this.#setFiles(conversationId, [...this.#filesOf(conversationId), picked]);
      if (reason) continue;
      this.#files.set(picked.id, file);
      void this.#upload(conversationId, picked.id, file);
    }
  }

  retry(conversationId: string, id: string): void {
    const file = this.#files.get(id);
    if (!file) return;
    this.#dispatch(conversationId, id, { type: 'retry_requested' });
    void this.#upload(conversationId, id, file);
  }

  remove(conversationId: string, id: string): void {
    this.#running.get(id)?.cancel();
    this.#running.delete(id);
    this.#files.delete(id);
    this.#setFiles(
      conversationId,
      this.#filesOf(conversationId).filter((picked) => picked.id !== id),
    );
    this.saveDraft(conversationId, this.drafts.draft(conversationId).content);
  }

  /** Cancels the running uploads. */
  cancelAll(): void {
    for (const upload of this.#running.values()) upload.cancel();
  }

  /** Shows the uploaded files of a draft again after a reload of the page. */
  restore(conversationId: string): void {
    if (this.store.state.uploads.has(conversationId)) return;
    const { attachments } = this.drafts.draft(conversationId);
    if (attachments.length === 0) return;
    this.#setFiles(
      conversationId,
      attachments.map((attachment) => ({
        id: attachment.id,
        name: attachment.filename,
        size: attachment.size,
        state: { kind: 'done', attachment },
      })),
    );
  }

  saveDraft(conversationId: string, content: string): void {
    this.drafts.saveDraft(conversationId, { content, attachments: this.#uploaded(conversationId) });
  }

  /** Takes the uploaded files out of the draft, for the message that is being sent. */
  takeUploaded(conversationId: string): Attachment[] {
    const attachments = this.#uploaded(conversationId);
    for (const picked of this.#filesOf(conversationId)) this.#files.delete(picked.id);
    this.#setFiles(conversationId, []);
    return attachments;
  }

  async #upload(conversationId: string, id: string, file: File): Promise<void> {
    const upload = this.api.upload(file, (fraction) =>
      this.#dispatch(conversationId, id, { type: 'progress', fraction }),
    );
    this.#running.set(id, upload);
    try {
      const attachment = await upload.done;
      this.#dispatch(conversationId, id, { type: 'done', attachment });
      this.saveDraft(conversationId, this.drafts.draft(conversationId).content);
    } catch (error) {
      const reason = error instanceof ApiError && error.problem ? error.message : null;
      this.#dispatch(conversationId, id, { type: 'failed', reason });
    } finally {
      this.#running.delete(id);
    }
  }

  #uploaded(conversationId: string): Attachment[] {
    return this.#filesOf(conversationId).flatMap(({ state }) => (state.kind === 'done' ? [state.attachment] : []));
  }

  #dispatch(conversationId: string, id: string, event: UploadEvent): void {
    this.#setFiles(
      conversationId,
      this.#filesOf(conversationId).map((picked) =>
        picked.id === id ? { ...picked, state: nextUploadState(picked.state, event) } : picked,
      ),
    );
  }

  #filesOf(conversationId: string): readonly PickedFile[] {
    return this.store.state.uploads.get(conversationId) ?? [];
  }

  #setFiles(conversationId: string, files: readonly PickedFile[]): void {
    this.store.update((state) => ({ ...state, uploads: withEntry(state.uploads, conversationId, files) }));
  }
}
