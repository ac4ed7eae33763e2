// The chat for who keeps order in it: new messages come in at the end, buttons work without a
// reload, and nothing moves away under a finger. Everything works without this file, too.
const EVERY_MS = 2000, NEAR_END = 40, MOST = 200;
const talk = document.getElementById("talk"), rows = document.getElementById("talk-rows");
const box = talk.querySelector(".talk"), said = document.getElementById("talk-said");
let timer = 0;

function tell(text, bad = false) {
  said.textContent = text;
  said.classList.toggle("bad", bad);
}

function isInUse(row) {
  return row.contains(document.activeElement) || row.matches(":active") || row.querySelector("details[open]");
}

function take(fresh) {
  const row = document.importNode(fresh, true), old = document.getElementById(row.id);
  if (!old) rows.append(row);
  else if (old.dataset.state !== row.dataset.state && !isInUse(old)) old.replaceWith(row);
}

function bringUpToDate(html) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
  const inUse = [...rows.children].some(isInUse);
  const page = new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html");
  page.querySelectorAll("li").forEach(take);
  if (inUse || !atEnd) return;
  while (rows.children.length > MOST) rows.firstElementChild.remove();
  box.scrollTop = box.scrollHeight;
}

async function look() {
  clearTimeout(timer);
  try {
    const answer = await fetch(talk.dataset.rows);
    if (answer.ok && !answer.redirected) bringUpToDate(await answer.text());
  } catch { /* offline: the next round looks again */ }
  clearTimeout(timer);
  if (talk.dataset.running) timer = setTimeout(look, EVERY_MS);
}

async function send(form, button) {
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button), headers });
  const told = await answer.json();
  tell(told.title ?? told.done ?? "", !answer.ok);
  if (!answer.ok) return;
  if (form.matches(".talk-form")) form.reset();
  else document.activeElement?.blur(); // its row is brought up to date
  form.querySelector("details[open]")?.removeAttribute("open");
  await look();
}

talk.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  try {
    await send(form, event.submitter);
  } catch {
    tell(talk.dataset.offline, true);
  }
  delete form.dataset.busy;
});

box.scrollTop = box.scrollHeight;
document.addEventListener("visibilitychange", look);
if (talk.dataset.running) timer = setTimeout(look, EVERY_MS);
