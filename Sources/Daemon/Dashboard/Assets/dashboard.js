// Keeps an open page up to date, counts its times, and sends its forms without loading it anew. The page works without.
"use strict";
(() => {
  const serverNow = document.querySelector("meta[name=now]")?.content;
  const ahead = serverNow ? Date.parse(serverNow) - Date.now() : 0;
  const token = () => document.querySelector("input[name=form_token]")?.value;
  const main = () => document.getElementById("main");

  // Times: `12s ago`, `4m12s`.
  const words = (seconds) => {
    const [m, h, d] = [60, 3600, 86400].map((unit) => Math.floor(seconds / unit));
    const two = (n) => String(n).padStart(2, "0");
    if (d > 0) return `${d}d${two(h % 24)}h`;
    if (h > 0) return `${h}h${two(m % 60)}m`;
    return m > 0 ? `${m}m${two(seconds % 60)}s` : `${seconds}s`;
  };
  const tell = (time) => {
    const at = Date.parse(time.dateTime);
    const now = Date.now() + ahead;
    const isAge = time.classList.contains("age");
    if (isAge) time.title ||= `${time.textContent} UTC`;
    const seconds = isAge ? Math.max(0, Math.floor((now - at) / 1000)) : Math.ceil((at - now) / 1000);
    const text = isAge ? `${words(seconds)} ago` : seconds > 0 ? words(seconds) : "due";
    if (time.textContent !== text) time.textContent = text;
  };
  const tick = () => document.querySelectorAll("time.age, time.left").forEach(tell);

  // Makes an element what another is, and leaves alone what the visitor is at: focus, what was typed, what is folded out.
  const isSame = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");
  const morphAttributes = (old, next) => {
    for (const { name } of [...old.attributes]) {
      if (!next.hasAttribute(name) && !(name === "open" && old.matches("details"))) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  };
  const morph = (old, next, isLive = false) => {
    if (old.isEqualNode(next)) return;
    // A form that was refused stays until the visitor has done something about it.
    if (isLive && old.matches?.(".panel.open")) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
      return;
    }
    if (old.matches("time.age, time.left") && old.dateTime === next.dateTime) return;
    morphAttributes(old, next);
    const kept = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
    let place = old.firstChild;
    for (const child of [...next.childNodes]) {
      const found = child.id && kept.get(child.id);
      if (found && found !== place) old.insertBefore(found, place);
      else if (!found && !(place && isSame(place, child))) {
        old.insertBefore(document.importNode(child, true), place);
        continue;
      }
      const mine = found || place;
      place = mine.nextSibling;
      morph(mine, child, isLive);
    }
    while (place) {
      const rest = place.nextSibling;
      if (!place.matches?.("input[name=form_token]")) place.remove();
      place = rest;
    }
  };
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
  const take = (html) => {
    for (const part of [...parsed(html).body.children]) {
      const old = document.getElementById(part.id);
      if (old) morph(old, part, true);
    }
    tick();
  };

  const takeRow = (html) => {
    const row = parsed(html).querySelector("tbody tr");
    const old = row && document.getElementById(row.id);
    if (old) morph(old, row);
    else if (row) document.querySelector("#schemes tbody")?.append(document.importNode(row, true));
    count();
    tick();
  };
  const count = () => {
    for (const place of document.querySelectorAll("[data-count]")) {
      const rows = document.querySelectorAll(`tr[data-status="${place.dataset.count}"]`).length;
      place.hidden = rows === 0;
      place.querySelector("b").textContent = rows;
    }
  };
  const refresh = async () => {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const next = response.ok && parsed(await response.text()).getElementById("main");
    if (next) morph(main(), next);
    tick();
  };

  // Live.
  const say = (text) => {
    const place = document.getElementById("live");
    if (place && place.textContent !== text) place.textContent = text;
  };
  const listen = () => {
    const path = main()?.dataset.live;
    if (!path || !window.EventSource) return;
    const source = new EventSource(path);
    source.onopen = () => {
      say("● live,");
      // What has changed since the list was made; a scheme's page is told by the stream itself.
      if (path === "/live") refresh();
    };
    source.addEventListener("row", (event) => takeRow(event.data));
    source.addEventListener("removed", (event) => {
      if (event.data === "page") location.assign("/");
      document.getElementById(event.data)?.remove();
      count();
    });
    source.addEventListener("sections", (event) => take(event.data));
    source.onerror = () => {
      say("○ not connected,");
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
    };
    addEventListener("pagehide", () => source.close(), { once: true });
  };

  // Forms.
  const send = async (form, button) => {
    const body = new URLSearchParams(new FormData(form, button));
    if (token()) body.set("form_token", token());
    button?.setAttribute("aria-busy", "true");
    try {
      // Not form.action: that is the button of this name, where there is one.
      const response = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "text/html" } });
      const page = parsed(await response.text());
      const next = page.getElementById("main");
      if (!next || (response.redirected && new URL(response.url).pathname !== location.pathname)) {
        location.assign(response.redirected ? response.url : location.href);
        return;
      }
      if (response.ok) {
        form.closest("[popover]")?.hidePopover?.();
        form.reset();
        form.closest("details")?.removeAttribute("open");
      }
      morph(main(), next);
      tick();
      document.querySelector("[aria-invalid=true]")?.focus();
    } catch {
      say("○ not sent: no connection,");
    } finally {
      button?.removeAttribute("aria-busy");
    }
  };
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("method") !== "post" || "leave" in form.dataset) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  setInterval(tick, 1000);
  tick();
  listen();
})();
