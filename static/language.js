/**
 * Tells the browser the language of the page, and puts Streamlit's own words (menu, buttons of charts and tables, help for
 * screen readers) into it: Streamlit has them in English only. A word that is not in `words` stays as it is.
 */

const NAMES = ["aria-label", "aria-roledescription", "placeholder", "title"];
const OURS = "[data-testid=stHtml], [data-testid=stHeading], svg, canvas, style, script";
const MOST_PAGES = 40; // of a list, whose buttons are named in the language of the page
const DRAWING = "svg.marks g.mark-group"; // the one part of a chart that Vega names in English whatever its settings
const shared = (globalThis[Symbol.for("rzh.language")] ??= { words: {}, english: new Map(), watcher: null });

/** `Fullscreen: Money by period` has a word of Streamlit's before the colon and one of ours after it. */
function translated(text) {
  const [, before, word, after] = text.match(/^(\s*)(.*?)((?::\s[^]*)?\s*)$/s) ?? [];
  if (!word) return text;
  const english = shared.english.get(word) ?? word;
  return before + (Object.hasOwn(shared.words, english) ? shared.words[english] : word) + after;
}

function translateNames(element) {
  for (const name of NAMES) {
    const said = element.getAttribute(name);
    const wanted = said && translated(said);
    if (said && wanted !== said) element.setAttribute(name, wanted);
  }
}

function translateText(node) {
  if (!node.data.trim() || node.parentElement?.closest(OURS)) return;
  const wanted = translated(node.data);
  if (wanted !== node.data) node.data = wanted;
}

function translate(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  if (root.matches(DRAWING)) translateNames(root);
  if (root.closest(OURS)) return;
  root.querySelectorAll(DRAWING).forEach(translateNames);
  translateNames(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  while (walker.nextNode()) {
    if (walker.currentNode.nodeType === Node.TEXT_NODE) translateText(walker.currentNode);
    else translateNames(walker.currentNode);
  }
}

/** Puts the page into `language`. `words`: Streamlit's words and ours for them; `page`: how a page of a list is named. */
export function speak({ language, words, page }) {
  document.documentElement.lang = language;
  for (let number = 1; number <= MOST_PAGES; number++) words[`Page ${number}`] = page.replace("#", number);
  for (const [english, word] of Object.entries(words)) shared.english.set(word, english);
  shared.words = words;
  translate(document.body);
  if (shared.watcher) return;
  shared.watcher = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translateNames(change.target);
      else if (change.type === "characterData") translateText(change.target);
      else change.addedNodes.forEach(translate);
    }
  });
  shared.watcher.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: NAMES,
  });
}
