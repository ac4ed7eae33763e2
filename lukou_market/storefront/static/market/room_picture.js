// The picture: plays when the host sends one, comes back by itself, and stays away to save data.
import { byId, set, words } from "./room_words.js";

const room = byId("room"), video = byId("video"), sound = byId("sound"), play = byId("play");
const quality = byId("quality"), KEPT = "picture-quality";
const CHECK_MS = 3000, STUCK_CHECKS = 3, BEHIND_S = 12;
const { video: clear, videoLow: smooth, replay } = room.dataset;
const playable = video.canPlayType("application/vnd.apple.mpegurl") !== "";
let wanted = false, playing = "", stuck = 0, reached = 0;

function kept() {
  try { return localStorage.getItem(KEPT); } catch { return null; }
}

function keep(choice) {
  try { localStorage.setItem(KEPT, choice); } catch { /* private windows may refuse */ }
}

const address = () => replay || (quality.value === "smooth" ? smooth : clear);

function start() {
  playing = address();
  video.src = playing;
  video.hidden = false;
  stuck = 0;
  if (replay) {
    Object.assign(video, { controls: true, muted: false, preload: "metadata" });
    return;
  }
  video.play().then(() => { play.hidden = true; }, (error) => {
    if (error.name === "NotAllowedError") play.hidden = false; // the browser wants a tap first
  });
}

function stop() {
  if (!playing) return;
  playing = "";
  video.pause();
  video.removeAttribute("src");
  video.load();
  video.hidden = play.hidden = true;
}

function decide() {
  const on = wanted && playable && quality.value !== "off";
  if (!on) stop();
  else if (playing !== address()) start();
  sound.hidden = !on || Boolean(replay);
  room.classList.toggle("no-picture", !on);
  set(byId("picture-note"), !wanted ? "" : !playable ? words.noPicture : on ? "" : words.savingData);
}

/** A picture that stands still though nobody stopped it is fetched anew. */
function watch() {
  if (!playing || replay || !play.hidden || document.hidden) return;
  const moved = video.currentTime !== reached;
  reached = video.currentTime;
  stuck = moved ? 0 : stuck + 1;
  if (stuck >= STUCK_CHECKS || video.error) return start();
  const { seekable } = video;
  const edge = seekable.length ? seekable.end(seekable.length - 1) : 0;
  if (Number.isFinite(edge) && edge - video.currentTime > BEHIND_S) video.currentTime = edge - 4;
}

/** Whether the host sends a picture now. */
export function tellPicture(there) {
  wanted = there;
  decide();
}

/** Where the buttons begin to work. */
export function openPicture() {
  if (!clear && !replay) return;
  quality.value = kept() ?? (navigator.connection?.saveData ? "off" : "clear");
  quality.hidden = false;
  quality.addEventListener("change", () => { keep(quality.value); decide(); });
  sound.addEventListener("click", () => {
    video.muted = !video.muted;
    sound.setAttribute("aria-pressed", String(!video.muted));
  });
  play.addEventListener("click", start);
  setInterval(watch, CHECK_MS);
}
