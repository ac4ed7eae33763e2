// Brings the page's parts up to date from HTML of the server, without loading the page again:
// a picture that is being sent from it would break off.

function matches(old, fresh) {
  return old.nodeName === fresh.nodeName && old.childNodes.length === fresh.childNodes.length;
}

function copyAttributes(old, fresh) {
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value && name !== "open") old.setAttribute(name, value);
}

function replace(old, fresh) {
  if (old.nodeName === "DETAILS") fresh.open = old.open;
  old.replaceWith(fresh);
}

// Node by node, so that focus, open folds, what is typed and a finger that is down all survive.
function morph(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  copyAttributes(old, fresh);
  const news = [...fresh.childNodes];
  [...old.childNodes].forEach((child, i) => {
    if (matches(child, news[i])) morph(child, news[i]);
    else replace(child, news[i]);
  });
}

function bringUpToDate(old, fresh) {
  if (matches(old, fresh)) morph(old, fresh);
  else replace(old, fresh);
}

// What has scripts of its own is left to them once it is there.
function isLeftAlone(old) {
  return old.dataset.renew === "when-empty" && old.childElementCount > 0;
}

function bringIn(old, fresh) {
  if (isLeftAlone(old)) return;
  bringUpToDate(old, document.importNode(fresh, true));
  for (const script of fresh.querySelectorAll("script[type=module]")) import(script.src);
}

// The chat, for one, comes with the stream.
async function wholePage() {
  const answer = await fetch(location.pathname);
  if (answer.ok && !answer.redirected) update(await answer.text());
}

// Whatever parts `html` has. A stream that is over has another page.
export function update(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.id;
  const status = fresh.getElementById("state")?.dataset.status;
  const changed = status !== document.getElementById("state").dataset.status;
  if (changed && ["ended", "cancelled"].includes(status)) return location.reload();
  for (const part of fresh.querySelectorAll("[data-renew]")) {
    const old = document.getElementById(part.id);
    if (old) bringIn(old, part);
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  document.dispatchEvent(new Event("updated"));
  if (changed && !fresh.getElementById("console")) wholePage().catch(() => {});
}
