/**
 * A link of ours (`funding?region=pavlodar`) says what it changes; all other choices stay as they are in the address. They
 * are put into it when a visitor reaches for it, so that it can also be copied or opened in a new tab. What many links
 * take away stands once above them: `data-without="kind search"`.
 */
function complete(event) {
  const anchor = event.composedPath().find((part) => part.localName === "a");
  if (!anchor?.closest("[data-testid=stHtml]")) return;
  anchor.dataset.changes ??= anchor.getAttribute("href");
  const [path, changes, place] = anchor.dataset.changes.match(/^([^?#]*)\??([^#]*)(.*)$/).slice(1);
  const wanted = new URLSearchParams(location.search);
  for (const key of anchor.closest("[data-without]")?.dataset.without.split(" ") ?? []) wanted.delete(key);
  for (const [key, value] of new URLSearchParams(changes)) {
    if (value) wanted.set(key, value);
    else wanted.delete(key);
  }
  anchor.href = `${path}?${wanted.toString().replaceAll("%2C", ",").replaceAll("%2F", "/")}${place}`;
}

if (!globalThis[Symbol.for("rzh.links")]) {
  globalThis[Symbol.for("rzh.links")] = true;
  for (const deed of ["pointerover", "pointerdown", "focusin", "click"]) document.addEventListener(deed, complete, true);
}
