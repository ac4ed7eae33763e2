// A replay with what was shown and said at the moment that is seen.
import { showAt } from "./room_offers.js";
import { MOST, forgetMessages, tellMessages } from "./room_talk.js";
import { byId } from "./room_words.js";

const room = byId("room"), video = byId("video");
const pins = JSON.parse(byId("pins").textContent);
const buttons = [...document.querySelectorAll(".moment")];
const said = [];
let next = 0, shown = 0, before = 0, asking = false;

const lastUntil = (list, ms, at) => list.findLastIndex((one) => at(one) <= ms);

function showOffer(ms) {
  showAt(pins[lastUntil(pins, ms, (pin) => pin.ms)]?.offer ?? null);
  const current = lastUntil(buttons, ms, (button) => Number(button.dataset.ms));
  buttons.forEach((button, at) => { button.ariaCurrent = at === current ? "true" : null; });
}

function showChat(ms) {
  const until = lastUntil(said, ms, (message) => message.at_ms) + 1;
  if (ms < before) {
    forgetMessages();
    shown = 0;
  }
  before = ms;
  tellMessages(said.slice(Math.max(shown, until - MOST), until));
  shown = Math.max(shown, until);
  if (until === said.length) fetchMore();
}

async function fetchMore() {
  if (asking || next === null) return;
  asking = true;
  try {
    const answer = await fetch(`${room.dataset.replayChat}?after=${next}`);
    if (!answer.ok) throw new Error(answer.status);
    const page = await answer.json();
    said.push(...page.chat);
    next = page.next;
    setTimeout(follow);
  } catch { next = null; /* a replay without words is better than none */ } finally { asking = false; }
}

const follow = () => { const ms = video.currentTime * 1000; showOffer(ms); showChat(ms); };

/** Where the moments begin to work. */
export function openReplay() {
  for (const button of buttons) {
    button.disabled = false;
    button.addEventListener("click", () => {
      video.currentTime = button.dataset.ms / 1000;
      video.play().catch(() => {});
      video.scrollIntoView({ block: "nearest" });
    });
  }
  for (const moment of ["timeupdate", "seeked"]) video.addEventListener(moment, follow);
  // Who comes from an order begins at the second it was placed, also before the picture is there.
  const asked = Number(new URLSearchParams(location.search).get("t"));
  if (asked > 0) video.currentTime = asked;
  showOffer(video.currentTime * 1000);
  fetchMore();
}
