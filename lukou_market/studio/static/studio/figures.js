// Looks at the parts that change again: every few seconds while the page is seen, and soon after
// the edge has told the room of something.
import { update } from "./parts.js";

const EVERY_MS = 5000, WITH_EVENTS_MS = 15000, SOON_MS = 1000;
const { figures, events } = document.getElementById("console").dataset;
let timer = 0, soon = 0, everyMs = EVERY_MS;

async function look() {
  clearTimeout(timer);
  clearTimeout(soon);
  soon = 0;
  if (document.hidden) return;
  try {
    const answer = await fetch(figures);
    if (answer.ok && !answer.redirected) update(await answer.text());
  } catch { /* offline: the next round looks again */ }
  clearTimeout(timer);
  timer = setTimeout(look, everyMs);
}

if (events && window.EventSource) {
  const source = new EventSource(events);
  source.onopen = () => { everyMs = WITH_EVENTS_MS; };
  source.onerror = () => { everyMs = EVERY_MS; }; // it reconnects by itself; until then the clock
  source.onmessage = () => { soon ||= setTimeout(look, SOON_MS); };
}
document.addEventListener("visibilitychange", look);
addEventListener("online", look);
timer = setTimeout(look, EVERY_MS);
