// The page's words with their gaps filled in, and numbers as people read them.
export const words = JSON.parse(document.getElementById("words").textContent);

export const fill = (text, given) => text.replace(/%\((\w+)\)s/g, (_, name) => given[name]);
export const set = (node, text) => { if (node.textContent !== text) node.textContent = text; };
export const byId = (id) => document.getElementById(id);

export const yuan = (fen) =>
  `${Math.floor(fen / 100).toLocaleString("en")}.${String(fen % 100).padStart(2, "0")}`;
const trimmed = (grams, unit) => (grams / unit).toLocaleString("en", { maximumFractionDigits: 3 });
export const jin = (grams) => trimmed(grams, 500);
export const kilograms = (grams) => trimmed(grams, 1000);
export const perJinFen = (fen, grams) => Math.floor((2 * fen * 500 + grams) / (2 * grams));
