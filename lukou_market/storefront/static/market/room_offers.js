// The offers' cards, the pinned one's double, the sheets they open, and the countdowns.
import { serverNow, spoken } from "./room_clock.js";
import { byId, fill, jin, kilograms, perJinFen, set, words, yuan } from "./room_words.js";

const room = byId("room"), list = byId("offers"), pinSlot = byId("pinned");
const cart = byId("cart"), sheet = byId("order"), place = byId("order-form-place");
const offers = new Map(); // id → the offer as last told
const cards = new Map(); // id → its card in the list
const OLD_MS = 2000;
let pinned = null, ordering = null, running = room.dataset.status, asking = false;

const facesOf = (id) => document.querySelectorAll(`.face[data-offer="${id}"]`);
const formOf = (id) => byId(`quantity-${id}`).form;

/** Whether it can be ordered at this moment; times count by the server's clock. */
function stateOf(offer) {
  const now = serverNow();
  if (running !== "live" && running !== "interrupted") return "closed";
  if (offer.opens_at && now < Date.parse(offer.opens_at)) return "soon";
  if (offer.closes_at && now >= Date.parse(offer.closes_at)) return "closed";
  // What was told before it opened, by a state that may be a second old, says nothing of now.
  const opened = offer.opens_at && Date.parse(offer.opens_at) > offer.told - OLD_MS;
  if (!offer.open && !opened) return "closed";
  return offer.left < 1 ? "soldOut" : "order";
}

function flashText(offer) {
  const now = serverNow(), opens = Date.parse(offer.opens_at), closes = Date.parse(offer.closes_at);
  if (now < opens) return fill(words.opensIn, { time: spoken(opens - now) });
  if (now < closes) return fill(words.closesIn, { time: spoken(closes - now) });
  return closes ? words.over : "";
}

function showFace(face, offer, state, weight) {
  set(face.querySelector(".left"), String(offer.left));
  set(face.querySelector(".price.unit"), "¥" + yuan(offer.price_fen));
  set(face.querySelector(".per-jin"), fill(words.perJin, { price: yuan(perJinFen(offer.price_fen, weight)) }));
  const buy = face.querySelector(".buy");
  set(buy, words.buy[state]);
  buy.disabled = state !== "order";
  const flash = face.querySelector(".flash-text");
  if (flash) set(flash, flashText(offer));
}

function showForm(form, card, offer, state) {
  const button = form.querySelector(".button.wide");
  const quantity = form.querySelector(".quantity").valueAsNumber || 1;
  const grams = quantity * Number(card.dataset.weightG);
  set(form.querySelector(".weight"), fill(words.together, { jin: jin(grams), kg: kilograms(grams) }));
  form.elements.shown_price_fen.value = offer.price_fen;
  button.disabled = state !== "order";
  const text = state === "order" ? `${words.order} ¥${yuan(quantity * offer.price_fen)}` : words.buy[state];
  set(button, text);
}

function showOffer(id) {
  const offer = offers.get(id), card = cards.get(id);
  if (!offer || !card || !("open" in offer)) return;
  const state = stateOf(offer);
  card.hidden = false;
  for (const face of facesOf(id)) showFace(face, offer, state, Number(card.dataset.weightG));
  showForm(formOf(id), card, offer, state);
  if (ordering === id) {
    set(byId("order-price"), "¥" + yuan(offer.price_fen));
    set(byId("order-left"), String(offer.left));
  }
}

function showPinned() {
  for (const [id, card] of cards) card.classList.toggle("pinned", id === pinned);
  const shown = pinSlot.querySelector(".face");
  const card = cards.get(pinned);
  if (Number(shown?.dataset.offer) === pinned && card) return;
  shown?.remove();
  pinSlot.querySelector(".nothing-pinned").hidden = Boolean(card);
  if (!card) return;
  const face = card.querySelector(".face").cloneNode(true);
  pinSlot.prepend(face);
  set(byId("pinned-news"), fill(words.nowShown, { what: face.querySelector("h3").textContent }));
}

/** A card that has come: its form gets this page's token and a key of its own. */
function adopt(card) {
  const form = card.querySelector(".order-form"), token = document.querySelector("[name=csrfmiddlewaretoken]");
  cards.set(Number(card.dataset.offer), card);
  if (!form.elements.csrfmiddlewaretoken && token) form.prepend(token.cloneNode());
  if (!form.elements.key.value) form.elements.key.value = newKey();
  const quantity = form.querySelector(".quantity"), show = () => showOffer(Number(card.dataset.offer));
  quantity.addEventListener("input", show);
  for (const step of form.querySelectorAll("[data-step]")) {
    step.hidden = false;
    step.addEventListener("click", () => { step.dataset.step > 0 ? quantity.stepUp() : quantity.stepDown(); show(); });
  }
}

function newKey() { // crypto.randomUUID would need https
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Fetch cards that the page lacks. A full room does not ask all at once. */
async function fetchCards(watching) {
  if (asking) return;
  asking = true;
  await new Promise((done) => setTimeout(done, Math.random() * Math.min(watching, 15000)));
  try {
    const answer = await fetch(room.dataset.cards);
    if (!answer.ok) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = await answer.text();
    for (const card of [...fresh.content.children]) {
      const id = Number(card.dataset.offer);
      if (cards.has(id)) continue;
      adopt(card);
      list.append(card);
      showOffer(id);
    }
    showAll();
  } catch { /* offline: the next news ask again */ } finally { asking = false; }
}

/** The list as the host has ordered it. */
function sort() {
  const key = (card) => offers.get(Number(card.dataset.offer))?.position ?? 0;
  const inOrder = [...list.children].sort((a, b) => key(a) - key(b) || a.dataset.offer - b.dataset.offer);
  if (inOrder.some((card, at) => list.children[at] !== card)) list.append(...inOrder);
}

function showCount() {
  const count = [...cards.values()].filter((card) => !card.hidden).length;
  set(byId("cart-count"), String(count));
  cart.querySelector(".nothing-offered").hidden = count > 0;
}

function showAll() {
  sort();
  showPinned();
  showCount();
}

function openOrder(id) {
  const card = cards.get(id);
  if (!card) return;
  if (ordering) putBack();
  ordering = id;
  set(byId("order-title"), card.querySelector("h3").textContent);
  place.append(card.querySelector(".order-part"));
  showOffer(id);
  sheet.showModal();
}

function putBack() {
  const part = place.firstElementChild;
  if (part) cards.get(ordering).append(part);
  ordering = null;
}

/** Take in what is told of offers; `whole` when all others are gone. */
export function tellOffers(told, { status, pinnedOffer, watching = 0, whole = false }) {
  running = status;
  if (pinnedOffer !== undefined) pinned = pinnedOffer;
  for (const offer of told) {
    const when = "open" in offer ? { told: serverNow() } : {};
    offers.set(offer.id, { ...offers.get(offer.id), ...offer, ...when });
  }
  if (whole) {
    const ids = new Set(told.map((offer) => offer.id));
    for (const [id, card] of cards) card.hidden = !ids.has(id);
    for (const id of offers.keys()) if (!ids.has(id)) offers.delete(id);
  }
  for (const id of offers.keys()) showOffer(id);
  showAll();
  const missing = (id) => id !== null && !cards.has(id);
  if ([...offers.keys(), pinned].some(missing)) fetchCards(watching);
}

/** A replay has come to where this offer was shown, or none. */
export function showAt(offer) {
  if (offer === pinned) return;
  pinned = offer;
  showPinned();
}

/** Where the sheets begin to work. */
export function openShop() {
  for (const card of list.children) adopt(card);
  byId("open-cart").addEventListener("click", () => cart.showModal());
  room.addEventListener("click", ({ target }) => {
    const buy = target.closest(".buy");
    if (buy) openOrder(Number(buy.closest(".face").dataset.offer));
    if (target.closest("[data-close]") || target === cart || target === sheet) target.closest("dialog").close();
  });
  sheet.addEventListener("close", putBack);
  const refused = Number(new URLSearchParams(location.search).get("offer"));
  if (refused) openOrder(refused); // what went wrong stands above; choose again
  setInterval(() => { for (const [id, offer] of offers) if (offer.opens_at || offer.closes_at) showOffer(id); }, 250);
}
