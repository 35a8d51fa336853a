package com.secureapprove.chat.systemtests.browser;

import java.util.Optional;

/// Random latency in the browser, which finds tests and code that depend on the order of answers.
/// With `-Dchat.browser.jitter=400`, each request, each answer and each frame from the gateway
/// waits up to 400 ms. The frames of a socket keep their order.
final class Jitter {

  private static final int MILLIS = Integer.getInteger("chat.browser.jitter", 0);

  private static final String SCRIPT =
      """
      (() => {
        const pause = () => Math.random() * %d;
        const after = (millis) => new Promise((done) => setTimeout(done, millis));
        const { fetch, WebSocket } = globalThis;
        globalThis.fetch = async (...request) => {
          await after(pause());
          const answer = await fetch(...request);
          await after(pause());
          return answer;
        };
        const late = new WeakSet();
        globalThis.WebSocket = class extends WebSocket {
          #previous = Promise.resolve();
          constructor(...address) {
            super(...address);
            for (const type of ['open', 'message', 'error', 'close']) this.addEventListener(type, this.#delay);
          }
          #delay = (event) => {
            if (late.delete(event)) return;
            event.stopImmediatePropagation();
            const copy = new event.constructor(event.type, event);
            late.add(copy);
            const due = after(pause());
            this.#previous = this.#previous.then(() => due).then(() => this.dispatchEvent(copy));
          };
        };
      })();
      """;

  private Jitter() {}

  /// The script that adds the latency to a page, if it was asked for.
  static Optional<String> configured() {
    return MILLIS > 0 ? Optional.of(SCRIPT.formatted(MILLIS)) : Optional.empty();
  }
}
