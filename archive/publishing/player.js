// Lines jump to their second, the line that is said is marked, and an address with #t=12.3 begins there.
"use strict";
const player = document.getElementById("player");
const lines = Array.from(document.querySelectorAll("[data-start]"));

function fromAddress() {
  const found = /^#t=(\d+(?:\.\d+)?)/.exec(location.hash);
  if (!found) return;
  const second = Number(found[1]);
  if (player) player.currentTime = second;
  const line = lines.find((one) => Number(one.dataset.end) > second);
  if (line) {
    mark(line);
    line.scrollIntoView({ block: "center" });
  }
}

function mark(line) {
  for (const one of document.querySelectorAll(".now")) one.classList.remove("now");
  if (line) line.classList.add("now");
}

window.addEventListener("hashchange", fromAddress);
fromAddress();
if (player) {
  player.addEventListener("timeupdate", () => {
    const now = player.currentTime;
    mark(lines.find((one) => Number(one.dataset.start) <= now && now < Number(one.dataset.end)));
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a.time")) player.play();
  });
}
