// One take: a recording of the camera, uploaded chunk by chunk, each again until it is taken.
"use strict";
class CameraTake {
  static TYPES = ["video/webm;codecs=h264,opus", "video/webm;codecs=vp8,opus", "video/mp4"];
  static CHUNK_MS = 1000;
  static PATIENCE_MS = 10000;

  static type() {
    return self.MediaRecorder && CameraTake.TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  }

  // `permit` asks the studio for a permit; `onTaken` hears of each chunk, `onOver` why it ended.
  constructor(stream, { url, permit, bits, onTaken, onOver }) {
    const name = crypto.getRandomValues(new Uint8Array(8));
    this.url = url + Array.from(name, (byte) => byte.toString(16).padStart(2, "0")).join("");
    Object.assign(this, { permit, onTaken, onOver });
    this.began = Date.now();
    this.waiting = [];
    this.number = 0;
    this.over = false;
    this.recorder = new MediaRecorder(stream, {
      mimeType: CameraTake.type(),
      videoBitsPerSecond: bits,
      audioBitsPerSecond: 64000,
      videoKeyFrameIntervalDuration: CameraTake.CHUNK_MS,
    });
    this.recorder.ondataavailable = ({ data }) => this.add(data);
    this.recorder.onstop = () => { this.recorded = true; this.upload(); };
    this.recorder.onerror = () => this.end("lost");
    this.recorder.start(CameraTake.CHUNK_MS);
  }

  // How old the oldest chunk is that the server has not taken, in milliseconds.
  behindMs() {
    return this.waiting.length ? Date.now() - this.waiting[0].at : 0;
  }

  // The page wants no more of it: what was recorded still goes out, then the server is told.
  stop() {
    this.ending = true;
    if (this.recorder.state !== "inactive") this.recorder.stop();
    else this.upload();
  }

  // Nothing more goes out, except word to the server that this take is over.
  drop() {
    this.end("dropped");
    this.tell();
  }

  add(blob) {
    if (this.over || !blob.size) return;
    this.waiting.push({ blob, at: Date.now() });
    this.upload();
  }

  async upload() {
    if (this.uploading) return;
    this.uploading = true;
    for (let tries = 0; this.waiting.length && !this.over; ) {
      const taken = await this.send(this.waiting[0].blob);
      if (this.over) break;
      if (taken) {
        this.waiting.shift();
        this.number += 1;
        this.onTaken(this);
      }
      tries = taken ? 0 : tries + 1;
      if (tries) await new Promise((done) => setTimeout(done, Math.min(250 * 2 ** tries, 2000)));
    }
    this.uploading = false;
    if (this.ending && this.recorded && !this.over) this.drop();
  }

  // Whether the server has taken the chunk; a refusal that stays one ends the take.
  async send(blob) {
    try {
      const answer = await this.ask("POST", `/${this.number}`, blob);
      if (answer.ok) return true;
      const { code } = await answer.json();
      if (code === "permit_expired") await this.permit();
      else if (answer.status < 500 && answer.status !== 429) this.end(code);
    } catch {
      // No network, or nobody answers in time: the same chunk again.
    }
    return false;
  }

  ask(method, path, body) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), CameraTake.PATIENCE_MS);
    const type = this.recorder.mimeType || CameraTake.type();
    return fetch(this.url + path, {
      method,
      body,
      headers: { "X-Camera-Permit": this.permit.now, ...(body && { "Content-Type": type }) },
      credentials: "omit",
      keepalive: method === "DELETE", // goes out even if the page is left
      signal: patience.signal,
    }).finally(() => clearTimeout(timer));
  }

  tell() {
    this.ask("DELETE", "").catch(() => {}); // if nobody hears it, silence ends the take as well
  }

  end(why) {
    if (this.over) return;
    this.over = true;
    this.waiting = [];
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.onOver(this, why);
  }
}
