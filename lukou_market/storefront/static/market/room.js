// The room's live figures and its − + buttons. Ordering works without this file.
"use strict";
(() => {
  const EVERY_MS = 2000, CALM_MS = 10000, SLOWEST_MS = 30000;
  const room = document.getElementById("room");
  const words = JSON.parse(document.getElementById("words").textContent);
  const cards = new Map([...document.querySelectorAll(".offer")].map((card) => [Number(card.dataset.offer), card]));
  let waitMs = EVERY_MS, timer = 0, leaving = false;

  const yuan = (fen) =>
    `${Math.floor(fen / 100).toLocaleString("en")}.${String(fen % 100).padStart(2, "0")}`;
  const set = (node, text) => { if (node.textContent !== text) node.textContent = text; };

  function showTotal(card) {
    const total = card.querySelector(".total");
    const quantity = card.querySelector(".quantity").valueAsNumber || 1;
    if (total) set(total, "¥" + yuan(quantity * Number(card.dataset.priceFen)));
  }

  function showOffer(card, offer) {
    const button = card.querySelector(".button");
    const state = !offer.open ? "closed" : offer.left < 1 ? "soldOut" : "order";
    set(card.querySelector(".left"), String(offer.left));
    if (card.dataset.shown === state) return;
    card.dataset.shown = state;
    button.disabled = state !== "order";
    button.innerHTML = "";
    button.append(words[state]);
    if (state !== "order") return;
    const total = document.createElement("span");
    total.className = "total number";
    button.append(" ", total);
    showTotal(card);
  }

  function showPin(pinned) {
    for (const [id, card] of cards) {
      card.classList.toggle("pinned", id === pinned);
      card.querySelector(".left").ariaLive = id === pinned ? "polite" : null;
    }
  }

  function showStatus(status) {
    if (room.dataset.status === status) return;
    room.dataset.status = status;
    const badge = document.getElementById("status");
    badge.className = `badge ${status}`;
    set(badge, words.status[status]);
    set(document.getElementById("note"), words.note[status] || "");
  }

  // New offers or prices need the server's page; spread out, or a full room would ask at once.
  function reloadSoon() {
    if (leaving) return;
    leaving = true;
    setTimeout(() => location.reload(), Math.random() * 3000);
  }

  function show(state) {
    showStatus(state.status);
    set(document.getElementById("viewers"), String(state.viewers));
    showPin(state.pinned_offer);
    for (const offer of state.offers) {
      const card = cards.get(offer.id);
      if (!card || Number(card.dataset.priceFen) !== offer.price_fen) return reloadSoon();
      showOffer(card, offer);
    }
  }

  async function poll() {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const answer = await fetch(room.dataset.state); // the browser sends If-None-Match itself
      if (!answer.ok) throw new Error(answer.status);
      const state = await answer.json();
      show(state);
      if (["ended", "cancelled"].includes(state.status)) return;
      waitMs = state.status === "scheduled" ? CALM_MS : EVERY_MS;
    } catch {
      waitMs = Math.min(waitMs * 2, SLOWEST_MS);
    }
    clearTimeout(timer);
    timer = setTimeout(poll, waitMs * (0.9 + Math.random() * 0.2));
  }

  for (const card of cards.values()) {
    const quantity = card.querySelector(".quantity");
    quantity.addEventListener("input", () => showTotal(card));
    for (const step of card.querySelectorAll("[data-step]")) {
      step.hidden = false;
      step.addEventListener("click", () => {
        step.dataset.step > 0 ? quantity.stepUp() : quantity.stepDown();
        showTotal(card);
      });
    }
  }
  document.addEventListener("visibilitychange", poll);
  addEventListener("online", poll);
  poll();
})();
