/* The tablet at the lectern: the time that is left, what comes next, the question on the screen. */
import { clockOf, follow } from "./channel.js";
import { words, write } from "./put.js";
import { showChosen, showStage } from "./screen.js";

const page = document.getElementById("live");
const now = clockOf(page);
const live = follow(page, () => {
  showStage(live.known);
  showChosen(live.known, false);
  tick();
});

const tick = () => {
  const { stage } = live.known.topics;
  if (!stage?.since) {
    write("left", "");
    return;
  }
  const left = stage.seconds - Math.floor((now() - stage.since) / 1_000);
  const minutes = Math.floor(Math.abs(left) / 60);
  const seconds = String(Math.abs(left) % 60).padStart(2, "0");
  write("left", left < 0 ? `−${minutes}:${seconds} ${words.late}` : `${minutes}:${seconds}`);
  document.getElementById("left").classList.toggle("is-late", left < 0);
  document.getElementById("left").classList.toggle("is-soon", left >= 0 && left < 60);
};

setInterval(tick, 500);
live.begin();
