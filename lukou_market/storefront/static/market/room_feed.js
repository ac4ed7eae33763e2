// Where the room's news come from: events while the edge sends them, else the state, asked for
// again and again. Whenever events begin (again), the state is asked for once, so that nothing is
// missed; once, because whoever asks twice in a row is counted as one who does not listen.
import { forget, hear } from "./room_clock.js";

const EVERY_MS = 2000, CALM_MS = 10000, SLOWEST_MS = 30000;
const QUIET_MS = 45000; // after so long without an event the connection is made anew
const RETRY_MS = 15000; // after which a refused stream of events is tried again
const PATIENCE_MS = 3000; // in which events begin, or the asking does
const AGE_MS = 1100; // by which a state may be old; so much later it knows what came before
const OLD_MS = 3000; // events that young are told again after a state
const OVER = ["ended", "cancelled"];

/**
 * Follow a room. `heard.state(state)` and `heard.event(event)` get the news in an order that
 * ends right whichever came first; `heard.lost(missed)` gets how often in a row asking failed.
 */
export function follow({ stateUrl, eventsUrl, heard }) {
  let source = null, timer = 0, waitMs = EVERY_MS, quiet = 0, failed = 0, over = false;
  let recent = []; // events that the next state may not know of yet

  async function askState() {
    const answer = await fetch(stateUrl, { cache: "no-cache" }); // the browser sends If-None-Match
    if (!answer.ok) throw new Error(answer.status);
    const state = await answer.json();
    hear(answer.headers.get("Date"));
    heard.state(state);
    const now = performance.now();
    recent = recent.filter((one) => now - one.came < OLD_MS);
    for (const one of recent) heard.event(one.event);
    over = OVER.includes(state.status);
    if (over) stop();
    return state;
  }

  async function poll() {
    clearTimeout(timer);
    if (document.hidden || over) return;
    try {
      const state = await askState();
      waitMs = state.status === "scheduled" ? CALM_MS : EVERY_MS;
      heard.lost(failed = 0);
    } catch {
      waitMs = Math.min(waitMs * 2, SLOWEST_MS);
      heard.lost(++failed);
    }
    if (!over && (failed || !listening())) askIn(waitMs * (0.9 + Math.random() * 0.2));
  }

  function askIn(ms) {
    clearTimeout(timer);
    timer = setTimeout(poll, ms);
  }

  const listening = () => source !== null && source.readyState === 1;

  function take(message) {
    let event;
    try { event = JSON.parse(message.data); } catch { return; }
    if (event.v !== 1) return;
    hear(event.at);
    recent.push({ came: performance.now(), event });
    if (recent.length > 200) recent.shift();
    heard.event(event);
    stayAwake();
  }

  function stayAwake() {
    clearTimeout(quiet);
    quiet = setTimeout(reopen, QUIET_MS * (0.9 + Math.random() * 0.2));
  }

  function listen() {
    if (!eventsUrl || source || over) return;
    try {
      source = new EventSource(eventsUrl);
    } catch { return; } // none here, or blocked
    source.onopen = () => { stayAwake(); askIn(AGE_MS + Math.random() * AGE_MS); };
    source.onmessage = take;
    source.onerror = () => {
      if (source.readyState === 2) { // refused: the browser does not try again by itself
        source = null;
        setTimeout(() => { if (!document.hidden) listen(); }, RETRY_MS * (0.5 + Math.random()));
      }
      poll();
    };
  }

  /** So long without an event: the connection may be dead without either end knowing. */
  function reopen() {
    stop();
    listen();
    askIn(source ? PATIENCE_MS : 0);
  }

  function stop() {
    clearTimeout(timer);
    clearTimeout(quiet);
    source?.close();
    source = null;
  }

  function wake() {
    if (document.hidden) return stop();
    forget();
    reopen();
  }

  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  reopen();
}
