// A live room that is open: one state, told by events or asked for, and shown. Ordering works
// without this file.
import { hear } from "./room_clock.js";
import { follow } from "./room_feed.js";
import { openShop, tellOffers } from "./room_offers.js";
import { openPicture, tellPicture } from "./room_picture.js";
import { hideMessage, openTalk, tellHearts, tellLatest, tellMessages, tellSold } from "./room_talk.js";
import { byId, fill, set, words } from "./room_words.js";

const room = byId("room");
const known = { status: room.dataset.status, picture: false, pinned_offer: null, watching: 0 };

const nameOf = (offer) => document.querySelector(`#offer-${offer} h3`)?.textContent;

function showStatus() {
  const { status, picture } = known;
  tellPicture(Boolean(picture) || Boolean(room.dataset.replay));
  if (room.dataset.status === status) return;
  room.classList.replace(room.dataset.status, status);
  room.dataset.status = status;
  const badge = byId("status");
  badge.className = `badge ${status}`;
  set(badge, words.status[status]);
  set(byId("note"), words.note[status] || "");
}

function showViewers({ viewers, watching }) {
  known.watching = watching;
  const soFar = fill(words.viewers, { viewers: viewers.toLocaleString("en") });
  const now = fill(words.watching, { count: watching.toLocaleString("en") });
  set(byId("audience"), room.dataset.status === "ended" ? soFar : `${soFar} · ${now}`);
}

function showOffers(told, whole = false) {
  const { status, watching } = known;
  const pinnedOffer = room.dataset.replay ? undefined : known.pinned_offer;
  tellOffers(told, { status, pinnedOffer, watching, whole });
}

function tellState(state) {
  Object.assign(known, { status: state.status, picture: state.picture, pinned_offer: state.pinned_offer });
  showStatus();
  showViewers(state);
  showOffers(state.offers, true);
  if (state.notice !== undefined) set(byId("notice"), state.notice);
  if (state.hearts !== undefined) tellHearts(state.hearts);
  if (room.dataset.replay) return; // what is said and shown follows the replay
  if (state.chat) tellLatest(state.chat);
  if (state.sold?.length) tellSold(state.sold.at(-1), nameOf);
}

const told = {
  session: (news) => { Object.assign(known, news); showStatus(); showOffers([]); },
  pinned: ({ offer }) => { known.pinned_offer = offer; showOffers([]); },
  offer: (offer) => showOffers([offer]),
  left: ({ offers }) => showOffers(offers),
  sold: (sold) => tellSold(sold, nameOf),
  chat: (message) => tellMessages([message]),
  chat_hidden: ({ id }) => hideMessage(id),
  notice: ({ text }) => set(byId("notice"), text),
  viewers: showViewers,
  hearts: ({ hearts }) => tellHearts(hearts),
};

hear(room.dataset.now);
openShop();
openTalk();
openPicture();
if (room.dataset.replay) import("./room_replay.js").then((module) => module.openReplay());
follow({
  stateUrl: room.dataset.state,
  eventsUrl: room.dataset.events,
  heard: {
    state: tellState,
    event: ({ type, payload }) => told[type]?.(payload),
    lost: (times) => set(byId("connection"), times > 1 ? words.offline : ""),
  },
});
room.dataset.ready = ""; // now buttons do what they say
performance.mark("ready");
