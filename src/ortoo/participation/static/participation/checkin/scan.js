/* Codes out of pictures: the browser's own detector where there is one, else zxing from our own origin. */
const EVERY = 120;
let detector;
let prepared;

const own = async () => {
  if (detector === undefined) {
    const known = (await window.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) || [];
    detector = known.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  }
  return detector;
};

/** Makes zxing load `wasm` and nothing from elsewhere, before the line may be gone. */
export const prepare = (wasm) => {
  prepared ??= ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  return prepared;
};

/** The text of the QR code in an ImageData or Blob, by zxing; "" without one. */
export const readPicture = async (picture) => {
  const [found] = await ZXingWASM.readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 });
  return found?.isValid ? found.text : "";
};

const readFrame = async (video, canvas) => {
  const native = await own();
  if (native) return (await native.detect(video).catch(() => []))[0]?.rawValue || "";
  const scale = Math.min(1, 800 / Math.max(video.videoWidth, 1));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  return readPicture(pen.getImageData(0, 0, canvas.width, canvas.height));
};

/** Opens the camera and calls `take` with each code once, until the returned function is called. */
export const watch = async (video, take) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement("canvas");
  let open = true;
  let last = "";
  let gone = 0;
  const look = async () => {
    if (!open) return;
    const code = video.videoWidth ? await readFrame(video, canvas) : "";
    // The same ticket in front of the camera counts again only after it was away for a while.
    gone = code === last ? 0 : gone + 1;
    if (code && code !== last) {
      last = code;
      gone = 0;
      await take(code);
    } else if (gone > 12) last = "";
    setTimeout(look, EVERY);
  };
  look();
  return () => {
    open = false;
    for (const track of stream.getTracks()) track.stop();
  };
};
