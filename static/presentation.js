/**
 * Shows the presentation and listens to keys and clickers. All steps come at once in every language, so a change of step
 * or language asks nobody: it goes on when the network or the server is gone. The step and the language are written into
 * the address, so that a link, a reload and a QR code lead back to the same step.
 */

const IDLE_MILLISECONDS = 3000;
const NOTICE_MILLISECONDS = 6000;
const DARK = "rzh-presentation-dark";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "svg") element.innerHTML = value; // drawn by our own server from figures, every text escaped there
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** Entry: shows `data` in `root`. Called again with what is shown already, it leaves everything as it is. */
export async function present(root, data) {
  if (root.__presentation?.isSame(data)) return root.__presentation.show(); // a new run may have written another address
  root.__presentation?.end();
  const presentation = new Presentation(root, data);
  root.__presentation = presentation;
  await presentation.begin();
}

class Presentation {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.identity = JSON.stringify(data);
    this.decks = new Map();
    this.languages = Object.keys(data.languages);
    const asked = new URLSearchParams(location.search);
    this.language = this.languages.includes(asked.get("lang")) ? asked.get("lang") : this.languages[0];
    const slide = asked.get("slide");
    const position = Number(slide);
    this.isUnknown = slide !== null && !(Number.isInteger(position) && position >= 1 && position <= this.count);
    this.position = slide === null || this.isUnknown ? 1 : position;
  }

  get count() {
    return this.data.languages[this.language].steps.length;
  }
  get words() {
    return this.data.languages[this.language].words;
  }
  get step() {
    return this.data.languages[this.language].steps[this.position - 1];
  }

  isSame(data) {
    return this.shell?.isConnected && this.identity === JSON.stringify(data);
  }

  async begin() {
    const sheet = make("link", { rel: "stylesheet", href: `${this.data.assets}presentation.css?${this.data.revision}` });
    const styled = new Promise((done) => {
      sheet.onload = done;
      sheet.onerror = done;
    });
    this.shell = make("div", { class: "deck-root", hidden: true });
    this.root.replaceChildren(sheet, this.shell);
    await styled; // shown without its style the steps would lie in a heap
    if (this.root.__presentation !== this) return;
    if (sessionStorage.getItem(DARK)) this.shell.classList.add("dark");
    this.tools = make("div", { class: "tools", role: "toolbar" });
    this.progress = make("div", { class: "progress", "aria-hidden": "true" });
    this.said = make("div", { class: "said", role: "status" });
    this.shell.append(this.tools, this.progress, this.said);
    this.listen();
    this.show();
    this.shell.hidden = false;
    this.wake();
    if (this.isUnknown) this.notice(this.words.unknown_slide);
    // The other languages are made while nobody waits for them.
    const others = this.languages.filter((language) => language !== this.language);
    const prepare = () => {
      if (others.length && this.shell.isConnected) {
        this.deck(others.shift());
        setTimeout(prepare, 50);
      }
    };
    setTimeout(prepare, 300);
  }

  end() {
    this.unlisten?.();
    this.shell?.remove();
    delete document.documentElement.dataset.rzPresenting;
  }

  /* ---- what is shown ------------------------------------------------------------------------------------------- */

  /** All steps of one language, made when they are first needed. */
  deck(language) {
    if (!this.decks.has(language)) {
      const own = this.data.languages[language];
      const slides = own.steps.map((step, index) => this.slide(step, index + 1, own.words));
      const deck = make("div", { class: "deck", lang: language, hidden: true }, ...slides);
      this.decks.set(language, { deck, slides });
      this.shell.prepend(deck);
    }
    return this.decks.get(language);
  }

  slide(step, position, words) {
    const figure = make(
      "figure",
      { class: "figure" },
      this.drawing(step.hall, "hall"),
      this.drawing(step.phone, "phone"),
    );
    const sources = [step.note, step.formula, step.source]
      .filter(Boolean)
      .map((line) => make("p", { class: line === step.source ? "source" : null }, line));
    const code = step.code
      ? make("button", {
          type: "button",
          class: "code",
          "aria-label": words.code,
          title: words.scan,
          svg: step.code,
          onclick: () => this.open("code"),
        })
      : "";
    return make(
      "section",
      { class: "slide", "data-step": step.id, "aria-roledescription": null },
      make("h2", {}, step.title),
      make("p", { class: "measure" }, step.measure),
      figure,
      make("p", { class: "sentence" }, step.sentence),
      make(
        "footer",
        { class: "foot" },
        make("div", { class: "sources" }, ...sources),
        make("a", { class: "view", href: step.view, onclick: (event) => (event.preventDefault(), this.leave(step.view)) }, words.open_view),
        make("p", { class: "counter" }, filled(words.step, { position, count: this.count })),
        code,
      ),
    );
  }

  /** A drawing with the outlines of its map, which all languages share. */
  drawing(svg, place) {
    const holder = make("div", { svg });
    const drawn = holder.firstElementChild;
    drawn.classList.add(place);
    for (const shape of drawn.querySelectorAll("[data-outline]")) {
      const [vintage, unit] = shape.dataset.outline.split(":");
      shape.setAttribute("d", this.data.outlines[vintage][unit]);
    }
    return drawn;
  }

  show() {
    const { deck, slides } = this.deck(this.language);
    slides.forEach((slide, index) => slide.classList.toggle("now", index === this.position - 1));
    deck.hidden = false;
    for (const [language, other] of this.decks) {
      if (language === this.language) continue;
      other.deck.hidden = true;
      for (const slide of other.slides) slide.classList.remove("now");
    }
    slides[this.position - 1].scrollTop = 0;
    this.shell.lang = this.language;
    this.progress.style.width = `${(100 * this.position) / this.count}%`;
    this.said.textContent = `${filled(this.words.step_said, { position: this.position, count: this.count })}. ${this.step.title}`;
    if (this.tools.lang !== this.language) this.drawTools();
    document.documentElement.lang = this.language;
    document.title = `${this.step.title} · ${this.words.title}`;
    this.write();
  }

  /** Puts step and language into the address; no history: Back leads out of the presentation, not through it. */
  write() {
    const address = new URL(location.href);
    if (address.searchParams.get("slide") === String(this.position) && address.searchParams.get("lang") === this.language) return;
    address.searchParams.set("lang", this.language);
    address.searchParams.set("slide", String(this.position));
    history.replaceState(history.state, "", address);
  }

  drawTools() {
    const words = this.words;
    const button = (label, name, action, options = {}) =>
      make("button", { type: "button", "aria-label": name, title: name, onclick: action, ...options }, label);
    this.tools.lang = this.language;
    this.tools.setAttribute("aria-label", words.tools);
    this.tools.replaceChildren(
      button("←", words.previous, () => this.go(this.position - 1)),
      button("→", words.next, () => this.go(this.position + 1)),
      button("▦", words.overview, () => this.open("overview")),
      ...this.languages.map((language) =>
        button(language.toUpperCase(), this.data.languages[language].name, () => this.speak(language), {
          "aria-pressed": String(language === this.language),
          lang: language,
        }),
      ),
      button("⛶", words.full_screen, () => this.fullScreen(), { class: "wide" }),
      button("◐", words.dark, () => this.darken(), { class: "wide" }),
      button("QR", words.code, () => this.open("code"), { class: "wide" }),
      button("?", words.help, () => this.open("help"), { class: "wide" }),
      button("↗", words.open_view, () => this.leave(this.step.view), { class: "wide" }),
      button("✕", words.leave, () => this.leave(`.?lang=${this.language}`)),
    );
  }

  /* ---- what lies over the steps ---------------------------------------------------------------------------------- */

  open(kind) {
    const isOpen = this.sheet?.dataset.kind === kind;
    this.close();
    if (isOpen) return;
    const words = this.words;
    const body = { overview: () => this.allSteps(), help: () => this.allKeys(), code: () => this.largeCode() }[kind]();
    const shut = make("button", { type: "button", onclick: () => this.close() }, words.close);
    this.sheet = make(
      "div",
      { class: `sheet${kind === "code" ? " center" : ""}`, "data-kind": kind, role: "dialog", "aria-label": { overview: words.overview, help: words.help, code: words.code }[kind], lang: this.language },
      body,
      shut,
    );
    this.before = this.root.activeElement ?? null;
    this.shell.append(this.sheet);
    (this.sheet.querySelector("[aria-current]") ?? shut).focus();
  }

  close() {
    if (!this.sheet) return false;
    this.sheet.remove();
    this.sheet = null;
    return true;
  }

  allSteps() {
    const cards = this.data.languages[this.language].steps.map((step, index) => {
      const drawn = this.drawing(step.hall.replaceAll(`${step.id}-`, `overview-${step.id}-`), "hall");
      drawn.removeAttribute("role");
      drawn.setAttribute("aria-hidden", "true");
      return make(
        "li",
        {},
        make(
          "button",
          {
            type: "button",
            class: "card",
            "aria-current": index === this.position - 1 ? "step" : null,
            onclick: () => {
              this.close();
              this.go(index + 1);
            },
          },
          drawn,
          make("span", {}, `${index + 1}. ${step.title}`),
        ),
      );
    });
    return make("div", {}, make("h2", {}, this.words.overview), make("ol", { class: "grid" }, ...cards));
  }

  allKeys() {
    const lines = this.words.keys.map((line) => make("li", {}, line));
    const only = this.step.code ? "" : make("p", { class: "only-here" }, this.words.only_here);
    return make("div", {}, make("h2", {}, this.words.help), make("ul", { class: "keys" }, ...lines), only);
  }

  largeCode() {
    if (!this.step.code) return make("p", { class: "only-here" }, this.words.only_here);
    return make(
      "div",
      { class: "center" },
      make("h2", {}, this.words.scan),
      make("div", { class: "large-code", role: "img", "aria-label": this.step.address, svg: this.step.code }),
      make("p", { class: "only-here" }, this.step.address),
    );
  }

  notice(words) {
    this.shell.querySelector(".notice")?.remove();
    const line = make("p", { class: "notice", role: "alert" }, words);
    this.shell.append(line);
    setTimeout(() => line.remove(), NOTICE_MILLISECONDS);
  }

  /* ---- what can be done ------------------------------------------------------------------------------------------ */

  go(position) {
    this.position = Math.min(Math.max(position, 1), this.count);
    this.show();
  }

  speak(language) {
    if (!language || language === this.language) return;
    const open = this.sheet?.dataset.kind;
    this.language = language;
    this.show();
    if (open) {
      this.close();
      this.open(open);
    }
  }

  darken() {
    const isDark = this.shell.classList.toggle("dark");
    if (isDark) sessionStorage.setItem(DARK, "1");
    else sessionStorage.removeItem(DARK);
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {}); // a browser may forbid it; the step stays as it is
  }

  /** Leaves for another page, but only when there is a server to lead there: a hall must not see a browser's error. */
  async leave(address) {
    try {
      const answer = await fetch(this.data.health, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
    } catch {
      return this.notice(this.words.no_server);
    }
    location.assign(new URL(address, location.href));
  }

  /** Shows the bar for a while. */
  wake() {
    this.shell.classList.add("active");
    document.documentElement.dataset.rzPresenting = "active";
    clearTimeout(this.sleep);
    this.sleep = setTimeout(() => {
      this.shell.classList.remove("active");
      document.documentElement.dataset.rzPresenting = "";
    }, IDLE_MILLISECONDS);
  }

  listen() {
    const keys = (event) => {
      if (!this.shell.isConnected) return this.unlisten();
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const target = event.composedPath()[0];
      if (target.closest?.("input, textarea, select, [contenteditable=true]")) return;
      const isButton = target.closest?.("button, a, summary");
      if (isButton && (event.key === " " || event.key === "Enter")) return;
      const action = this.action(event);
      if (!action) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // no shortcut of Streamlit's own answers the same key
      action();
    };
    const wake = () => this.wake();
    window.addEventListener("keydown", keys, true);
    window.addEventListener("pointermove", wake);
    this.shell.addEventListener("pointerdown", wake);
    this.unlisten = () => {
      window.removeEventListener("keydown", keys, true);
      window.removeEventListener("pointermove", wake);
    };
  }

  /** What a key does, by the sign or, for letters, by the place of the key: the layout may be Kazakh or Russian. */
  action(event) {
    const inSheet = Boolean(this.sheet);
    const step = {
      ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1,
    }[event.key];
    if (step && inSheet) return null;
    if (step) return () => this.go(this.position + (event.key === " " && event.shiftKey ? -1 : step));
    const digit = event.code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
    if (digit) return this.languages[digit - 1] ? () => this.speak(this.languages[digit - 1]) : null;
    return {
      Home: () => this.go(1),
      End: () => this.go(this.count),
      Escape: () => this.close() || this.leave(`.?lang=${this.language}`),
      KeyF: () => this.fullScreen(),
      KeyO: () => this.open("overview"),
      KeyQ: () => this.open("code"),
      KeyD: () => this.darken(),
      KeyH: () => this.open("help"),
    }[event.key === "Home" || event.key === "End" || event.key === "Escape" ? event.key : event.code];
  }
}
