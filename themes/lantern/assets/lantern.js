// What Lantern adds where scripts run; nothing on a page waits for it. Its words come with its element.
"use strict";

(() => {
  const words = document.currentScript.dataset;

  // Read out when it changes.
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);

  const say = (button, text) => {
    button.textContent = text;
    status.textContent = text;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => {
      button.textContent = words.copy;
      status.textContent = "";
    }, 2500);
  };

  const addButton = (code) => {
    const frame = document.createElement("div");
    frame.className = "code-frame";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        say(button, words.copied);
      } catch {
        say(button, words.notCopied);
      }
    });
    code.replaceWith(frame);
    frame.append(code, button);
  };

  // What is wider than its place is reached by the keyboard as well.
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const isCode = target.localName === "pre";
      if (target.scrollWidth > target.clientWidth) {
        target.tabIndex = 0;
        if (isCode) {
          target.setAttribute("role", "region");
          target.setAttribute("aria-label", words.code);
        }
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
      }
    }
  });

  for (const code of document.querySelectorAll(".prose pre")) {
    // Browsers lend the clipboard to HTTPS and this machine only; without it there is no button.
    if (navigator.clipboard) addButton(code);
    reach.observe(code);
  }
  for (const table of document.querySelectorAll(".prose table")) reach.observe(table);
})();
