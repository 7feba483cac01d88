/* Picture and sound from the hall. hls.js is fetched when there is something to show; a browser that plays HLS itself needs none. */
const AGAIN = 3_000;

export const makePicture = (soundOnlyAtFirst = false) => {
  const place = document.getElementById("picture");
  if (!place) return null;
  const video = document.getElementById("video");
  let soundOnly = soundOnlyAtFirst;
  let shown = false;
  let player = null;
  let script = null;

  const address = () => new URL(place.dataset.picture.replace("master.m3u8", soundOnly ? "audio.m3u8" : "master.m3u8"), location.href).href;

  const library = () => {
    script ||= new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = place.dataset.hls;
      element.onload = () => resolve(window.Hls);
      element.onerror = () => reject(new Error("hls.js"));
      document.head.append(element);
    });
    return script;
  };

  const stop = () => {
    player?.destroy();
    player = null;
    video.removeAttribute("src");
  };

  const play = async () => {
    stop();
    place.classList.toggle("is-sound", soundOnly);
    const Hls = await library();
    if (!shown) return;
    if (!Hls.isSupported()) {
      video.src = address();
      return;
    }
    // No worker: it would be made from a blob, which the page's policy forbids.
    const mine = new Hls({ enableWorker: false, liveSyncDurationCount: 2, liveMaxLatencyDurationCount: 8, backBufferLength: 10 });
    player = mine;
    mine.on(Hls.Events.ERROR, (_event, error) => {
      if (!error.fatal || player !== mine) return;
      setTimeout(() => shown && player === mine && play(), AGAIN);
    });
    mine.loadSource(address());
    mine.attachMedia(video);
    // Sound may not begin by itself; without it the picture may.
    video.play().catch(() => {
      video.muted = true;
      video.play().catch(() => {});
    });
  };

  return {
    follow: (picture) => {
      const wanted = Boolean(picture);
      if (wanted === shown) return;
      shown = wanted;
      place.hidden = !wanted;
      if (wanted) play();
      else stop();
    },
    setSoundOnly: (wanted) => {
      soundOnly = wanted;
      if (shown) play();
    },
  };
};
