// SPDX-License-Identifier: Apache-2.0
// Passkeys. A form with data-passkey="get" or "create" asks its data-begin address what to ask the passkey, puts the
// passkey's answer into its field `response`, and is sent like any form. What goes wrong is said in its .passkey-problem.
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const ceremonies = {
    async get(options) {
      const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
      const found = await navigator.credentials.get({ publicKey });
      const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
      return whole(found, {
        clientDataJSON: text(clientDataJSON),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
        userHandle: userHandle ? text(userHandle) : null,
      });
    },
    async create(options) {
      const publicKey = {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: named(options.excludeCredentials),
      };
      const made = await navigator.credentials.create({ publicKey });
      const { clientDataJSON, attestationObject } = made.response;
      const transports = made.response.getTransports ? made.response.getTransports() : [];
      return whole(made, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject), transports });
    },
  };

  const whole = (credential, response) => ({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
  });

  async function begin(form) {
    const token = form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(form.dataset.begin, { method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" } });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).text || form.dataset.failed);
    return answer.json();
  }

  async function run(form) {
    const asked = await begin(form);
    if (form.elements.ceremony) form.elements.ceremony.value = asked.ceremony || "";
    form.elements.response.value = JSON.stringify(await ceremonies[form.dataset.passkey](asked.options));
    form.submit();
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const says = form.querySelector(".passkey-problem");
    const button = form.querySelector("button");
    if (!window.PublicKeyCredential) {
      says.textContent = form.dataset.unable;
      continue;
    }
    button.disabled = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      says.textContent = "";
      button.disabled = true;
      run(form).catch((error) => {
        says.textContent = error.name === "NotAllowedError" ? form.dataset.declined : error.message;
        button.disabled = false;
        button.focus();
      });
    });
  }
})();
