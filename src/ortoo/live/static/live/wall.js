/* The screen of the hall and of viewing sites. */
import { follow } from "./channel.js";
import { makePicture } from "./picture.js";
import { words, write } from "./put.js";
import { fit, showChosen, showStage } from "./screen.js";

const main = document.querySelector(".screen-main");
const picture = makePicture();
const live = follow(document.getElementById("live"), (topic) => {
  const { known } = live;
  showStage(known);
  if (topic === "picture" || topic === "state") picture?.follow(known.topics.picture);
  if (topic === "state" || topic === "counts" || /^(question|poll)\./.test(topic)) showChosen(known);
  write("caption", known.topics.caption?.text || "");
  const { viewers } = known.counts;
  const { sites } = known.topics;
  const there = [viewers && words.viewers.replace("{n}", viewers)];
  if (sites?.heads) there.push(words.sites.replace("{n}", sites.heads).replace("{sites}", sites.counted));
  write("viewers", there.filter(Boolean).map((each) => `· ${each}`).join(" "));
  fit(main);
});
new ResizeObserver(() => fit(main)).observe(main);
live.begin();
