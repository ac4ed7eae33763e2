// The server's time, as near as messages tell it: one that was fast on its way is the nearest.
let ahead = -Infinity;

/** Take in a moment that the server named just now, as ISO 8601 or an HTTP date. */
export function hear(moment) {
  const told = Date.parse(moment);
  if (!Number.isNaN(told)) ahead = Math.max(ahead, told - performance.now());
}

/** The server's time in milliseconds since 1970. */
export const serverNow = () => (Number.isFinite(ahead) ? ahead + performance.now() : Date.now());

/** A phone that slept has not counted on: forget what was heard before. */
export function forget() { ahead = -Infinity; }

/** Milliseconds as 1:05 or 2:00:00, the second that has begun counted whole. */
export function spoken(ms) {
  const s = Math.max(Math.ceil(ms / 1000), 0), two = (n) => String(n).padStart(2, "0");
  const minutes = Math.floor(s / 60) % 60, hours = Math.floor(s / 3600);
  return hours ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
}
