// SPDX-License-Identifier: Apache-2.0
// A form that somebody writes in: what is wrong with it is shown first; files that are too large are named before they
// are sent; whoever leaves it unsaved is asked.
"use strict";
(() => {
  let unsaved = document.querySelector("form[data-unsaved=yes]") !== null;

  function size(input) {
    const kept = input.form.querySelectorAll(`[name="${input.name}.keep"]:checked`);
    const sizes = [...kept].map((each) => Number(each.dataset.size)).concat([...input.files].map((each) => each.size));
    return sizes.reduce((sum, each) => sum + each, 0);
  }

  function weigh(input) {
    const over = input.files.length > 0 && size(input) > Number(input.dataset.limit) ? input.dataset.over : "";
    input.setCustomValidity(over);
    input.nextElementSibling.textContent = over;
    input.nextElementSibling.hidden = !over;
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form) form.querySelectorAll("input[data-limit]").forEach(weigh);
    if (form && form.matches("[data-unsaved]")) unsaved = true;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-unsaved], [data-leaves]")) unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  document.querySelector("[data-focus]")?.focus();
})();
