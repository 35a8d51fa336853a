import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatState, Thread } from '../state/model.ts';
import type { OutgoingMessage } from '../state/sending.ts';
import { entriesOf, keyOf, type Entry } from './entries.ts';
import { entryTemplate, jumpButton, messageSkeletons, typingLine } from './message-list-templates.ts';
import { extendDown, extendUp, type MessageWindow } from './message-window.ts';
import { emptyState, loadFailure } from './shared-templates.ts';
import { View } from './view.ts';

const loadAheadPx = 600;
/** The entries of stored messages; pending ones have no seq. */
const storedEntries = '.entry[data-seq]';

/**
 * The messages of a conversation. Only a sliding window of the loaded messages is in the page. When entries are added or
 * removed, the visible ones keep their position. A reader at the end stays at the end.
 */
export class MessageList extends View {
  static override properties = {
    ...View.properties,
    conversationId: {},
    from: { state: true },
    to: { state: true },
    awaySince: { state: true },
    announcement: { state: true },
  };
  declare conversationId: string;
  /** The first and last seq in the page; null means no bound. */
  declare from: number | null;
  declare to: number | null;
  /** The newest seq at the time when the reader scrolled away from the end; null at the end. */
  declare awaySince: number | null;
  declare announcement: string;
  #anchor: { element: HTMLElement; top: number } | null = null;
  #pinned = true;
  #lastScrollTop = 0;
  #positioned = false;
  #observer: ResizeObserver | null = null;
  #announcedSeq = 0;
  #lastQueued: string | undefined;
  /** The "new messages" line at which each conversation was opened. Opening it again shows its end. */
  static readonly #openedAtLine = new Map<string, number>();

  constructor() {
    super();
    this.conversationId = '';
    this.from = null;
    this.to = null;
    this.awaySince = null;
    this.announcement = '';
  }

  protected override dependencies(state: ChatState): readonly unknown[] {
    const id = this.conversationId;
    return [
      state.threads.get(id),
      state.queues.get(id),
      state.typing.get(id),
      state.me,
      state.conversations.get(id)?.is_group,
    ];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(() => {
      if (this.#pinned) this.#scrollToEnd();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('conversationId')) {
      this.#showEnd();
      this.announcement = '';
      this.#announcedSeq = 0;
      this.#positioned = false;
      this.#lastQueued = this.#newestQueued;
    }
    this.#announce();
    this.#followOwnMessage();
    this.#anchor = this.#pinned || !this.#positioned ? null : this.#firstVisible();
  }

  protected override render(): TemplateResult {
    const { texts, chat } = this.ui;
    const thread = this.#thread;
    const queue = this.state.queues.get(this.conversationId) ?? [];
    const quiet = thread?.load === 'done' && thread.messages.length === 0 && queue.length === 0;
    return html`
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label=${texts.t('messages')}
        part="log"
        tabindex="0"
        @scroll=${this.#onScroll}
      >
        <div class="log-inside">
          ${thread?.load === 'failed' ? loadFailure(texts, () => void chat.loadNewest(this.conversationId)) : nothing}
          ${!thread || thread.load === 'none' || thread.load === 'loading' ? messageSkeletons() : nothing}
          ${thread?.load === 'done' ? this.#top(thread) : nothing}
          ${quiet ? emptyState('chat', texts.t('no_messages'), texts.t('no_messages_hint')) : nothing}
          ${repeat(this.#entries(thread, queue), keyOf, (entry) => entryTemplate(this.ui, entry))} ${this.#typing()}
        </div>
      </div>
      ${this.#jump(thread)}
      <div class="vh" aria-live="polite">${this.announcement}</div>
    `;
  }

  protected override updated(): void {
    const log = this.#log;
    const inside = this.querySelector('.log-inside');
    if (!log || !inside) return;
    this.#observer?.observe(log);
    this.#observer?.observe(inside);
    if (!this.#positioned) this.#positionInitially();
    else if (this.#pinned) this.#scrollToEnd();
    else if (this.#anchor?.element.isConnected) {
      log.scrollTop += this.#anchor.element.getBoundingClientRect().top - this.#anchor.top;
    }
    this.#anchor = null;
    this.#loadAhead(log);
  }

  /** Extends the window near the top. At the very top no scroll event occurs, so that each update must check it. */
  #loadAhead(log: HTMLElement): void {
    const thread = this.#thread;
    if (!thread || !this.#positioned || log.scrollTop >= loadAheadPx) return;
    const first = Number(this.querySelector<HTMLElement>(storedEntries)?.dataset.seq ?? 0);
    if (thread.older === 'more' || first > (thread.messages[0]?.seq ?? 0)) this.#extendUp(thread);
  }

  get #thread(): Thread | undefined {
    return this.state.threads.get(this.conversationId);
  }

  get #log(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.log');
  }

  #top(thread: Thread): TemplateResult | typeof nothing {
    if (thread.older === 'failed') {
      return loadFailure(
        this.ui.texts,
        () => void this.ui.chat.loadOlder(this.conversationId),
        this.ui.texts.t('older_failed'),
      );
    }
    return thread.older === 'none'
      ? nothing
      : html`<div class="older" aria-hidden="true"><i class="spinner"></i></div>`;
  }

  #entries(thread: Thread | undefined, queue: readonly OutgoingMessage[]): Entry[] {
    const { from, to } = this;
    const named = this.state.conversations.get(this.conversationId)?.is_group ?? false;
    return entriesOf(this.ui.texts, this.ui.now(), this.state.me?.id, { thread, queue, from, to, named });
  }

  #typing(): TemplateResult | typeof nothing {
    const typists = this.state.typing.get(this.conversationId)?.values();
    return typists && this.to === null ? typingLine(this.ui.texts, typists) : nothing;
  }

  #jump(thread: Thread | undefined): TemplateResult | typeof nothing {
    const { awaySince } = this;
    if (awaySince === null || !thread) return nothing;
    const me = this.state.me?.id;
    const added = thread.messages.filter((message) => message.seq > awaySince && message.sender_id !== me);
    return jumpButton(this.ui.texts, added.length, this.#onJump);
  }

  readonly #onJump = (): void => {
    this.#showEnd();
    this.requestUpdate();
    this.#log?.focus({ preventScroll: true });
  };

  /** Screen readers announce new messages only, not history that was loaded by scrolling. */
  #announce(): void {
    const thread = this.#thread;
    const last = thread?.messages.at(-1);
    if (thread?.load !== 'done' || !last) return;
    if (this.#announcedSeq === 0) this.#announcedSeq = last.seq;
    if (last.seq <= this.#announcedSeq) return;
    this.#announcedSeq = last.seq;
    if (last.sender_id === this.state.me?.id) return;
    this.announcement = `${last.sender_name}: ${last.content || this.ui.texts.t('last_file', { n: last.attachments.length || 1 })}`;
  }

  get #newestQueued(): string | undefined {
    return this.state.queues.get(this.conversationId)?.at(-1)?.id;
  }

  /** Shows the end after this person sent a message. */
  #followOwnMessage(): void {
    const newest = this.#newestQueued;
    const written = newest !== undefined && newest !== this.#lastQueued;
    this.#lastQueued = newest;
    if (written) this.#showEnd();
  }

  #showEnd(): void {
    this.from = null;
    this.to = null;
    this.awaySince = null;
    this.#pinned = true;
  }

  /** Scrolls a conversation that was just opened to its "new messages" line, or else to its end. */
  #positionInitially(): void {
    const load = this.#thread?.load;
    if (load !== 'done') {
      this.#scrollToEnd();
      return;
    }
    this.#positioned = true;
    const line = this.querySelector<HTMLElement>('.new-line');
    const log = this.#log;
    const newAfter = this.#thread?.newAfter ?? -1;
    const fresh = MessageList.#openedAtLine.get(this.conversationId) !== newAfter;
    MessageList.#openedAtLine.set(this.conversationId, newAfter);
    if (fresh && line && log && log.scrollHeight - line.offsetTop > log.clientHeight) {
      this.#pinned = false;
      log.scrollTop = line.offsetTop - 24;
      this.#onScroll();
    } else {
      this.#scrollToEnd();
    }
  }

  #scrollToEnd(): void {
    const log = this.#log;
    if (log) log.scrollTop = log.scrollHeight;
  }

  #firstVisible(): { element: HTMLElement; top: number } | null {
    const log = this.#log;
    if (!log) return null;
    const edge = log.getBoundingClientRect().top;
    for (const element of this.querySelectorAll<HTMLElement>('.entry')) {
      const box = element.getBoundingClientRect();
      if (box.bottom > edge) return { element, top: box.top };
    }
    return null;
  }

  readonly #onScroll = (): void => {
    const log = this.#log;
    const thread = this.#thread;
    if (!log || !thread || !this.#positioned) return;
    const below = log.scrollHeight - log.scrollTop - log.clientHeight;
    const newest = thread.messages.at(-1)?.seq ?? 0;
    // Only scrolling up leaves the end. Content that grows at the end does not.
    const up = log.scrollTop < this.#lastScrollTop;
    this.#lastScrollTop = log.scrollTop;
    const atEnd = below < 48 && this.to === null;
    this.#pinned = atEnd || (this.#pinned && !up);
    if (this.#pinned && !atEnd) this.#scrollToEnd();
    if (this.#pinned) {
      this.awaySince = null;
      if (log.scrollTop > 3 * loadAheadPx) this.from = null;
    } else {
      this.awaySince ??= newest;
    }
    if (log.scrollTop < loadAheadPx) this.#extendUp(thread);
    else if (below < loadAheadPx && this.to !== null) this.#extendDown(thread);
  };

  #extendUp(thread: Thread): void {
    const shown = this.querySelectorAll<HTMLElement>(storedEntries);
    const first = Number(shown[0]?.dataset.seq ?? 0);
    const last = Number(shown[shown.length - 1]?.dataset.seq ?? 0);
    const oldest = thread.messages[0]?.seq ?? 0;
    if (first > oldest) this.#show(extendUp(this, first, last, oldest));
    else void this.ui.chat.loadOlder(this.conversationId);
  }

  #extendDown(thread: Thread): void {
    this.#show(extendDown(this, thread.messages.at(-1)?.seq ?? 0));
  }

  #show({ from, to }: MessageWindow): void {
    this.from = from;
    this.to = to;
  }
}
