// Lists of cities and counties without a round trip of the whole page.
const button = document.querySelector("[data-places]");
const lists = ["province", "city", "county"].map((name) => document.querySelector(`[data-level=${name}]`));

async function fill(list, code) {
  const [choose] = list.options;
  list.replaceChildren(choose);
  if (!code) return;
  const answer = await fetch(`${button.dataset.places}?in=${code}`);
  if (!answer.ok) return void (button.hidden = false);
  for (const [value, name] of await answer.json()) list.add(new Option(name, value));
}

if (button && lists.every(Boolean)) {
  button.hidden = true;
  lists[0].addEventListener("change", () => { fill(lists[1], lists[0].value); fill(lists[2], ""); });
  lists[1].addEventListener("change", () => fill(lists[2], lists[1].value));
}

const other = document.querySelector("[name=saved][value='']");
const fresh = document.querySelector(".new-address");
if (other && fresh) {
  const show = () => { fresh.hidden = !other.checked; };
  document.querySelectorAll("[name=saved]").forEach((one) => one.addEventListener("change", show));
  show();
}
