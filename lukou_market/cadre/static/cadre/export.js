// How far the file is, until it is ready or refused.
const page = document.getElementById("export");
const bar = document.getElementById("export-bar");

async function look() {
  const answer = await fetch(page.dataset.state, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const state = await answer.json();
  if (state.status !== "waiting" && state.status !== "running") {
    location.reload();
    return;
  }
  document.getElementById("export-words").textContent = state.words;
  document.getElementById("export-rows").textContent = `${state.done} / ${state.of}`;
  if (state.of) {
    bar.max = state.of;
    bar.value = state.done;
  }
}

if (bar) setInterval(() => look().catch(() => {}), 2000);
