// A form is sent once, however often its button is tapped, until an answer has come or is overdue.
"use strict";
(() => {
  const AGAIN_AFTER_MS = 5000;
  const sent = new Set();
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // a script of the page sends it
    if (sent.has(event.target)) return event.preventDefault();
    sent.add(event.target);
    setTimeout(() => sent.delete(event.target), AGAIN_AFTER_MS);
  });
  window.addEventListener("pageshow", () => sent.clear()); // back by the back button
})();
