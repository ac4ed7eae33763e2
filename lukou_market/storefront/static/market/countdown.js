// Counts down to pay_by by the server's clock, not the phone's.
"use strict";
(() => {
  const clock = document.querySelector("time.countdown");
  const ahead = Date.parse(clock.dataset.now) - Date.now();
  const payBy = Date.parse(clock.dateTime);

  function tick() {
    const left = Math.ceil((payBy - Date.now() - ahead) / 1000);
    if (left <= 0) {
      clearInterval(timer);
      setTimeout(() => location.replace(location.pathname), 1000);
    }
    const seconds = Math.max(left, 0);
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  // Come back to by the back button, the order may be paid by now.
  window.addEventListener("pageshow", (event) => {
    const kept = location.pathname.endsWith("/pay/");
    const [came] = performance.getEntriesByType("navigation");
    if (event.persisted || (kept && came?.type === "back_forward")) {
      location.replace(location.pathname);
    }
  });

  const timer = setInterval(tick, 1000);
  tick();
})();
