// SPDX-License-Identifier: Apache-2.0
// Counts due times on while a page is open, in the words that the server wrote into the body's data.
"use strict";
(() => {
  const words = document.body.dataset;
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function lasting(milliseconds) {
    const minutes = Math.floor(milliseconds / 60000);
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    if (days) return fill(words.days, { d: days, h: hours % 24 });
    if (hours) return fill(words.hours, { h: hours, m: minutes % 60 });
    return fill(words.minutes, { m: minutes });
  }

  function pressure(left) {
    if (left < 0) return "over";
    if (left < 4 * 3600000) return "pressing";
    return left < 24 * 3600000 ? "soon" : "calm";
  }

  function tick() {
    for (const shown of document.querySelectorAll("[data-due]")) {
      const left = Date.parse(shown.dataset.due) - Date.now();
      const text = fill(left < 0 ? words.over : words.left, { time: lasting(Math.abs(left)) });
      if (shown.textContent !== text) shown.textContent = text;
      shown.className = "due due-" + pressure(left);
    }
  }

  tick();
  setInterval(tick, 15000);
  document.addEventListener("htmx:afterSwap", tick);
})();
