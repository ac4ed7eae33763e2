// Looks at the session's figures again every five seconds while the page is seen.
"use strict";
(() => {
  const figures = document.getElementById("figures");
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(figures.dataset.url);
      if (!answer.ok || answer.redirected) return;
      const html = await answer.text();
      if (html !== figures.innerHTML) figures.innerHTML = html;
    } catch { /* offline: the next round looks again */ }
  }, 5000);
})();
