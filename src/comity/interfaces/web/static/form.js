// SPDX-License-Identifier: Apache-2.0
// A form that somebody writes in: what is wrong with it is shown first.
"use strict";
(() => {
  document.querySelector("[data-focus]")?.focus();
})();
