// "Go live from this phone": asks for the camera, keeps a take running, says how it goes.
"use strict";
(() => {
  const panel = document.getElementById("camera");
  if (!panel) return;
  // What the uplink carries: the next one is for a network that could not keep up with this one.
  const SIZES = [
    { width: 640, height: 360, frameRate: 24, bits: 1000000 },
    { width: 480, height: 270, frameRate: 20, bits: 500000 },
    { width: 320, height: 180, frameRate: 15, bits: 250000 },
  ];
  const WEAK_MS = 3000, TOO_LATE_MS = 8000, STEADY_MS = 120000, SHORT_MS = 8000;
  const LOOK_MS = 500, FIRST_WAIT_MS = 1000, LONGEST_WAIT_MS = 10000, MOST_SHORT_TAKES = 3;
  const words = JSON.parse(document.getElementById("camera-words").textContent);
  const part = (name) => panel.querySelector(`[data-camera=${name}]`);
  const preview = part("preview");
  let stream = null, quiet = null, take = null, lock = null, timer = 0, retry = 0;
  let facing = "environment", size = 0, shortTakes = 0, on = false, upright = false, ending = false;

  function show(state, text = words[state]) {
    const said = part("state");
    if (panel.dataset.state === state && said.textContent === text) return;
    panel.dataset.state = state;
    said.textContent = text;
    part("start").hidden = on;
    part("live").hidden = !on;
  }

  async function permit() {
    const answer = await fetch(panel.dataset.permit, { cache: "no-store" });
    const type = answer.headers.get("Content-Type") || "";
    if (answer.status >= 500) throw new Error(answer.status);
    if (!type.includes("json")) return stop("signed-out"); // the sign-in page answers
    const body = await answer.json();
    if (!answer.ok) return stop("refused", body.title);
    permit.now = body.permit;
    permit.until = Date.now() + body.seconds * 500; // a new one after half its life
  }

  // A phone without a microphone, or one that an app keeps, shows its picture all the same.
  async function findTracks(video) {
    const audio = { echoCancellation: true, noiseSuppression: true };
    const media = navigator.mediaDevices;
    try {
      return await media.getUserMedia({ video, audio });
    } catch (error) {
      if (!["NotFoundError", "NotReadableError"].includes(error.name)) throw error;
    }
    const found = await media.getUserMedia({ video });
    found.addTrack(silence());
    return found;
  }

  // Players wait for the sound that each picture is to have.
  function silence() {
    quiet = new AudioContext();
    const sound = quiet.createMediaStreamDestination();
    const source = new ConstantSourceNode(quiet, { offset: 0 }); // without one nothing comes out
    source.connect(sound);
    source.start();
    quiet.resume();
    return sound.stream.getAudioTracks()[0];
  }

  async function openCamera() {
    const { width, height, frameRate } = SIZES[size];
    const wanted = { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frameRate } };
    const found = await findTracks({ ...wanted, facingMode: { ideal: facing } });
    stream = found;
    if (!on) return closeCamera(); // stopped meanwhile
    preview.srcObject = stream;
    preview.classList.toggle("mirrored", facing === "user");
    for (const track of stream.getTracks()) track.onended = cameraLost;
    setMuted(part("mute").getAttribute("aria-pressed") === "true");
    await preview.play().catch(() => {}); // then it knows its shape
  }

  function closeCamera() {
    for (const track of stream ? stream.getTracks() : []) {
      track.onended = null;
      track.stop();
    }
    stream = preview.srcObject = null;
    if (quiet) quiet.close();
    quiet = null;
  }

  async function start() {
    if (!window.isSecureContext || !navigator.mediaDevices) return show("insecure");
    if (!CameraTake.type()) return show("unable");
    on = true;
    shortTakes = 0;
    show("asking");
    try {
      await openCamera();
    } catch (error) {
      const denied = ["NotAllowedError", "SecurityError"].includes(error.name);
      return stop(denied ? "denied" : error.name === "NotReadableError" ? "busy" : "no-camera");
    }
    if (!on) return;
    show("connecting");
    keepAwake();
    timer = setInterval(look, LOOK_MS);
    begin();
  }

  function stop(state, text) {
    on = false;
    clearInterval(timer);
    clearTimeout(retry);
    const last = take;
    take = null;
    if (last) state === "off" ? last.stop() : last.drop();
    closeCamera();
    if (lock) lock.release().catch(() => {});
    lock = null;
    show(state, text);
  }

  // A new take, as soon as the studio answers: what was recorded before is gone.
  async function begin() {
    clearTimeout(retry);
    if (!on || take) return;
    try {
      await permit();
    } catch {
      show("interrupted");
      retry = setTimeout(begin, LONGEST_WAIT_MS / 4);
      return;
    }
    if (!on || take || !stream) return;
    upright = isUpright();
    take = new CameraTake(stream, { url: panel.dataset.url, permit, bits: SIZES[size].bits, onTaken, onOver });
  }

  function onTaken(which) {
    if (which !== take || which.number < 3) return; // the first may be taken and go nowhere
    if (which.behindMs() < WEAK_MS) show("live", quiet ? words["live-silent"] : words.live);
    if (Date.now() - which.began > SHORT_MS) shortTakes = 0;
  }

  function onOver(which, why) {
    if (which !== take) return;
    take = null;
    if (why === "take_replaced") return stop("elsewhere");
    if (["session_status_wrong", "session_not_found"].includes(why)) return stop("ended");
    if (["permit_refused", "no_ingest", "unknown_container"].includes(why)) return stop("failed");
    const steady = Date.now() - which.began;
    if (steady < SHORT_MS && why === "take_ended") shortTakes += 1;
    if (steady > STEADY_MS && size > 0 && why !== "dropped") resize(size - 1);
    show(shortTakes < MOST_SHORT_TAKES ? "interrupted" : "let-out");
    retry = setTimeout(begin, Math.min(FIRST_WAIT_MS * 2 ** shortTakes, LONGEST_WAIT_MS));
  }

  function resize(to) {
    size = to;
    const { width, height, frameRate } = SIZES[size];
    const [track] = stream ? stream.getVideoTracks() : [];
    if (track) track.applyConstraints({ width, height, frameRate }).catch(() => {});
  }

  // Twice a second: is the network keeping up, does the permit last?
  function look() {
    if (!take) return;
    const behind = take.behindMs();
    if (behind > TOO_LATE_MS) {
      if (size + 1 < SIZES.length) resize(size + 1);
      take.drop();
    } else if (behind > WEAK_MS) show("weak");
    if (Date.now() > permit.until) {
      permit.until = Infinity;
      permit().catch(() => { permit.until = Date.now() + LONGEST_WAIT_MS; });
    }
  }

  // Recorders don't survive other tracks or another shape of the picture: a new take then.
  async function reopen() {
    const last = take;
    take = null;
    if (last) last.stop();
    closeCamera();
    show("connecting");
    try {
      await openCamera();
    } catch {
      return stop("busy");
    }
    begin();
  }

  function cameraLost() {
    if (!document.hidden) reopen(); // else when the page is looked at again
  }

  const isUpright = () => preview.videoHeight > preview.videoWidth;
  function turned() {
    if (!take || isUpright() === upright) return;
    const last = take;
    take = null;
    last.stop();
    begin();
  }

  function setMuted(muted) {
    for (const track of stream ? stream.getAudioTracks() : []) track.enabled = !muted;
    part("mute").setAttribute("aria-pressed", String(muted));
  }

  async function keepAwake() {
    if (!on || document.hidden || !navigator.wakeLock) return;
    lock = await navigator.wakeLock.request("screen").catch(() => null);
  }

  document.addEventListener("visibilitychange", () => {
    if (!on || document.hidden) return;
    keepAwake();
    if (stream && stream.getTracks().some((track) => track.readyState === "ended")) reopen();
  });
  addEventListener("online", begin);
  document.addEventListener("submit", ({ submitter }) => {
    if (submitter && ["end", "cancel"].includes(submitter.value)) ending = true;
  });
  addEventListener("beforeunload", (leaving) => { if (on && !ending) leaving.preventDefault(); });
  addEventListener("pagehide", () => { if (take) take.tell(); });
  preview.addEventListener("resize", turned);
  part("start").addEventListener("click", start);
  part("stop").addEventListener("click", () => stop("off"));
  part("switch").addEventListener("click", () => {
    facing = facing === "user" ? "environment" : "user";
    reopen();
  });
  part("mute").addEventListener("click", () => {
    setMuted(part("mute").getAttribute("aria-pressed") !== "true");
  });
  part("start").hidden = false;
})();
