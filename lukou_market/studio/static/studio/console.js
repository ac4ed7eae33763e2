// The console without reloads: buttons, countdowns, folds, copying and sharing. Everything but
// the last two works without this file.
import { update } from "./parts.js";

const page = document.getElementById("console");
const behindMs = Date.parse(page.dataset.now) - Date.now();

function say(text, bad = false) {
  const toast = document.getElementById("toast");
  document.querySelector(".messages")?.remove(); // what the page said when it was loaded
  toast.textContent = text;
  toast.classList.toggle("bad", bad);
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { toast.textContent = ""; }, 6000);
}

async function send(form, button) {
  const body = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", body });
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname)
    return location.assign(answer.url);
  if (!answer.ok) return location.reload();
  const html = await answer.text();
  const said = new DOMParser().parseFromString(html, "text/html");
  const messages = [...said.querySelectorAll(".messages li")];
  const refused = said.querySelector(".errorlist, .messages .error");
  if (!refused) {
    form.reset();
    form.closest("[data-once]")?.removeAttribute("open");
  }
  update(html);
  say(messages.map((one) => one.textContent).join(" "), Boolean(refused));
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || !form.closest("[data-renew]") || event.defaultPrevented) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  try {
    await send(form, event.submitter);
  } catch {
    say(page.dataset.offline, true);
  }
  delete form.dataset.busy;
});

function tick() {
  for (const clock of document.querySelectorAll("time[data-until]")) {
    const left = Math.max(Math.ceil((Date.parse(clock.dateTime) - Date.now() - behindMs) / 1000), 0);
    if (left > 3600) continue; // a day or an hour ahead reads better as a time
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}

function openTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const fold = target && target.closest("details");
  if (fold) fold.open = true;
}

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]"), share = event.target.closest("[data-share]");
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.copy);
    say(page.dataset.copied);
  }
  if (share) navigator.share({ title: share.dataset.title, url: share.dataset.share }).catch(() => {});
  if (event.target.closest(".actions a[href^='#']")) setTimeout(openTarget); // also the second time
});

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
for (const button of document.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
addEventListener("hashchange", openTarget);
document.addEventListener("updated", tick);
setInterval(tick, 1000);
openTarget();
tick();
