/* The answer of a door: one colour, one word, a sound, a shake. */
const TONES = { admitted: [880], noted: [660], undone: [440], again: [440, 440], unknown: [196], other: [196], replaced: [196] };
const SHAKES = { admitted: 60, noted: 60, undone: 30, again: [80, 80, 80], unknown: 400, other: 400, replaced: 400 };
let sound;

/** A browser lets a page make sounds only after it was touched. */
export const wake = () => {
  sound ??= window.AudioContext ? new AudioContext() : null;
  sound?.resume?.().catch(() => {});
};

const beep = (tones) => {
  if (sound?.state !== "running") return;
  tones.forEach((pitch, n) => {
    const tone = sound.createOscillator();
    const begin = sound.currentTime + n * 0.18;
    tone.frequency.value = pitch;
    tone.connect(sound.destination);
    tone.start(begin);
    tone.stop(begin + 0.12);
  });
};

export const show = (panel, kind, word, name = "", where = "") => {
  panel.className = `checkin-answer is-${kind}`;
  panel.querySelector(".checkin-word").textContent = word;
  panel.querySelector(".checkin-name").textContent = name;
  panel.querySelector(".checkin-where").textContent = where;
  beep(TONES[kind]);
  navigator.vibrate?.(SHAKES[kind]);
};
