// What people say, buy and like.
import { byId, fill, set, words } from "./room_words.js";

export const MOST = 60;
const GATHER_MS = 1000;
const box = byId("talk"), list = byId("chat"), answer = byId("chat-answer");
const lines = new Map([...list.children].map((line) => [Number(line.dataset.message), line]));
const tapped = { waiting: 0, timer: 0, shown: 0 };

function showMessage({ id, who, text }) {
  if (lines.has(id)) return;
  const line = document.createElement("li"), name = document.createElement("b");
  name.textContent = who;
  line.append(name, " ", text);
  lines.set(id, line);
  list.append(line);
}

function trim() {
  for (const [id, line] of lines) {
    if (lines.size <= MOST) break;
    line.remove();
    lines.delete(id);
  }
}

/** Messages that are new; whoever has scrolled up to read stays where they are. */
export function tellMessages(messages) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  messages.forEach(showMessage);
  trim();
  if (atEnd) box.scrollTop = box.scrollHeight;
}

/** All of the latest messages: what is missing among them has been hidden. */
export function tellLatest(messages) {
  const told = new Set(messages.map(({ id }) => id)), first = messages[0]?.id ?? 0;
  for (const id of lines.keys()) if (id >= first && !told.has(id)) hideMessage(id);
  tellMessages(messages);
}

/** Its place stays, so that the others do. */
export function hideMessage(id) {
  const line = lines.get(id);
  if (!line) return;
  Object.assign(line.style, { height: `${line.offsetHeight}px`, width: `${line.offsetWidth}px` });
  line.textContent = "…";
}

export function forgetMessages() {
  for (const line of lines.values()) line.remove();
  lines.clear();
}

export function tellSold(sold, nameOf) {
  const what = nameOf(sold.offer);
  if (what) set(byId("ticker"), fill(words.sold, { who: sold.who, quantity: sold.quantity, what }));
}

export function tellHearts(hearts) {
  tapped.shown = Math.max(hearts, tapped.shown);
  const count = byId("hearts");
  if (count) set(count, tapped.shown.toLocaleString("en"));
}

async function post(form, body) {
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const got = await fetch(form.action, { method: "POST", body, headers });
  if (got.status === 401) {
    sessionStorage.setItem("unsent", byId("chat-text")?.value ?? "");
    location.assign((await got.clone().json()).sign_in);
  }
  return got;
}

async function say(event) {
  event.preventDefault();
  const form = event.target, text = form.elements.text;
  if (!text.value.trim()) return;
  try {
    const got = await post(form, new FormData(form));
    const told = await got.json();
    set(answer, got.ok ? "" : (told.title ?? words.notSent));
    if (!got.ok) return;
    text.value = "";
    if (told.id) tellMessages([told]);
  } catch { set(answer, words.notSent); }
}

function tapHeart(event) {
  event.preventDefault();
  tapped.waiting += 1;
  tellHearts(tapped.shown + 1);
  clearTimeout(tapped.timer);
  tapped.timer = setTimeout(async () => {
    const body = new FormData();
    body.set("count", tapped.waiting);
    tapped.waiting = 0;
    try { await post(event.target, body); } catch { /* a heart lost on the way is no harm */ }
  }, GATHER_MS);
}

/** Where the forms begin to work; what could not be sent before the sign-in is there again. */
export function openTalk() {
  const form = byId("chat-form");
  box.scrollTop = box.scrollHeight;
  form?.addEventListener("submit", say);
  byId("hearts-form")?.addEventListener("submit", tapHeart);
  const unsent = sessionStorage.getItem("unsent");
  if (form && unsent) form.elements.text.value = unsent;
  sessionStorage.removeItem("unsent");
}
