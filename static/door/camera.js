// The camera: frames go through the QR reader until somebody says stop.

import { prepareZXingModule, readBarcodes } from "/static/vendor/zxing-wasm-3.1.4/es/reader/index.js";

const WIDEST = 960;
const BETWEEN = 90;
const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true, tryInvert: true };

export class Camera {
  constructor(video, { wasm, onText, onState }) {
    Object.assign(this, { video, onText, onState });
    prepareZXingModule({ overrides: { locateFile: () => wasm } });
    this.canvas = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d", { willReadFrequently: true });
    this.facing = "environment";
    this.turn = 0;
    this.resting = false;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.stop() : this.open()));
  }

  /** Open the camera and read; tells onState({open, torch, others}). */
  async open() {
    this.stop();
    const turn = this.turn;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: this.facing, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      if (turn !== this.turn) return stream.getTracks().forEach((track) => track.stop());
      this.stream = stream;
      this.video.srcObject = stream;
      await this.video.play();
      await this.tell();
      this.read(turn);
    } catch {
      if (turn === this.turn) this.onState({ open: false });
    }
  }

  stop() {
    this.turn += 1;
    this.resting = false;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }

  /** Off until somebody needs it again. */
  rest() {
    if (!this.stream) return;
    this.stop();
    this.resting = true;
    this.onState({ open: false, resting: true });
  }

  async change() {
    this.facing = this.facing === "environment" ? "user" : "environment";
    await this.open();
  }

  async light(on) {
    await this.stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
  }

  async tell() {
    const track = this.stream.getVideoTracks()[0];
    track.addEventListener("ended", () => this.onState({ open: false }));
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    this.onState({ open: true, torch: Boolean(track.getCapabilities?.().torch), others: cameras.length > 1 });
  }

  async read(turn) {
    while (turn === this.turn) {
      const text = await this.look();
      if (turn === this.turn && text) this.onText(text);
      await new Promise((resolve) => setTimeout(resolve, BETWEEN));
    }
  }

  /** What the QR in the picture says; '' where there is none. */
  async look() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width) return "";
    const scale = Math.min(1, WIDEST / Math.max(width, height));
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.pen.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    const picture = this.pen.getImageData(0, 0, this.canvas.width, this.canvas.height);
    const [found] = await readBarcodes(picture, OPTIONS);
    return found?.isValid ? found.text : "";
  }
}
