// Reads QR codes from the camera or from a picture: with what the browser has (BarcodeDetector), else with jsQR, fetched when needed.
class CheckInCamera {
  static EVERY = 180; // milliseconds between two looks
  static WIDTH = 720; // of what jsQR looks at

  constructor(video, library, onCode) {
    Object.assign(this, { video, library, onCode });
    this.canvas = document.createElement("canvas");
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.stop(); });
  }

  static get isThere() {
    return Boolean(navigator.mediaDevices?.getUserMedia);
  }

  async start() {
    await this.prepare();
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    this.video.srcObject = this.stream;
    this.video.hidden = false;
    await this.video.play();
    this.timer = setInterval(() => this.look(), CheckInCamera.EVERY);
  }

  stop() {
    clearInterval(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = this.video.srcObject = null;
    this.video.hidden = true;
    this.onStop?.();
  }

  async look() {
    if (this.looking || this.video.readyState < 2) return;
    this.looking = true;
    try {
      const code = await this.read(this.video, this.video.videoWidth, this.video.videoHeight);
      if (code) this.onCode(code);
    } finally {
      this.looking = false;
    }
  }

  async picture(file) {
    await this.prepare();
    const image = await createImageBitmap(file);
    return this.read(image, image.width, image.height);
  }

  async prepare() {
    if (this.detector || globalThis.jsQR) return;
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
    if (formats?.includes("qr_code")) this.detector = new BarcodeDetector({ formats: ["qr_code"] });
    else await this.fetchLibrary();
  }

  fetchLibrary() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, { src: this.library, onload: resolve, onerror: reject });
      document.head.append(script);
    });
  }

  async read(source, width, height) {
    if (this.detector) return (await this.detector.detect(source))[0]?.rawValue ?? "";
    const scale = Math.min(1, CheckInCamera.WIDTH / Math.max(width, height));
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(source, 0, 0, this.canvas.width, this.canvas.height);
    const image = context.getImageData(0, 0, this.canvas.width, this.canvas.height);
    return globalThis.jsQR(image.data, image.width, image.height)?.data ?? "";
  }
}
