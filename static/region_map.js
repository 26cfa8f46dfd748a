/**
 * Draws the regions: one large map with legend, city buttons and ranked bars that share one selection, or a row of small
 * maps. Everything shown (words, numbers, classes, colours) is decided on the server; this file only draws and reports
 * what was chosen. Outlines come by address once and stay in the browser's cache.
 */

const SVG = "http://www.w3.org/2000/svg";
const CITY_RADIUS = 95;
const LABEL_SIZE = 165;
const outlines = new Map();
const pressed = { period: null, rows: new Set() };

/** Marks the period of the large map among the small ones: the small maps do not travel again when it changes. */
function press() {
  for (const row of pressed.rows) {
    if (!row.isConnected) pressed.rows.delete(row);
    for (const button of row.querySelectorAll("[data-period]")) {
      button.setAttribute("aria-pressed", String(button.dataset.period === pressed.period));
    }
  }
}

/** The outlines of one boundary vintage: a promise, so that two maps share one request. */
function outline(address) {
  if (!outlines.has(address)) {
    const loaded = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });
    loaded.catch(() => outlines.delete(address));
    outlines.set(address, loaded);
  }
  return outlines.get(address);
}

function make(space, tag, attributes = {}, ...children) {
  const element = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "style") element.style.cssText = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
const html = (tag, attributes, ...children) => make(null, tag, attributes, ...children);
const svg = (tag, attributes, ...children) => make(SVG, tag, attributes, ...children);

/** Entry: draws `data` into `root`; `emit(name, value)` tells the server what was chosen. */
export async function render(root, data, emit) {
  const token = Symbol("drawing");
  root.__drawing = token;
  const vintages = data.kind === "small" ? data.maps.map((map) => map.vintage) : [data.vintage];
  const addresses = [...new Set(vintages)].map((vintage) => `${data.assets}geo/map${vintage}.json?${data.revision}`);
  const loaded = await Promise.all(addresses.map(outline));
  if (root.__drawing !== token) return; // a newer view overtook this one while outlines were on their way
  const byVintage = new Map(loaded.map((map) => [map.vintage, map]));
  const focused = root.activeElement?.dataset?.focus;
  const shell = html("div", { class: `rm rm-${data.kind}`, lang: data.lang });
  const draw = { small: smallMaps, large: largeMap, locator: locatorMap }[data.kind];
  shell.append(...draw(data, byVintage, emit, root));
  let holder = root.querySelector(".rm-holder");
  if (!holder) {
    const sheet = html("link", { rel: "stylesheet", href: `${data.assets}region_map.css?${data.revision}` });
    const styled = new Promise((done) => {
      sheet.onload = done;
      sheet.onerror = done;
    });
    root.append(sheet);
    holder = html("div", { class: "rm-holder" });
    root.append(holder);
    await styled; // drawn without its style the map would jump
    if (root.__drawing !== token) return;
  }
  holder.replaceChildren(shell);
  if (data.kind === "small") pressed.rows.add(shell);
  if (data.kind === "large") pressed.period = data.period;
  press();
  if (focused) holder.querySelector(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function hatch(id) {
  return svg(
    "defs",
    {},
    svg(
      "pattern",
      { id, width: 110, height: 110, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { width: 110, height: 110, class: "rm-hatch-ground" }),
      svg("line", { x1: 0, y1: 0, x2: 0, y2: 110, class: "rm-hatch-line" }),
    ),
  );
}

function fillOf(data, place, pattern, id) {
  if (data.away?.[id]) return "var(--rm-away)"; // a filter leaves it out: that is not a missing figure
  if (!place || place.class === null) return `url(#${pattern})`;
  return data.classes[place.class].colour;
}

/* ---- the large map ---------------------------------------------------------------------------------------------- */

function largeMap(data, byVintage, emit, root) {
  const choose = (id) => emit("region", id === data.selected ? "" : id);
  const tip = html("div", { class: "rm-tip", hidden: true, "aria-hidden": "true" });
  const drawing = drawMap(data, byVintage.get(data.vintage), choose, tip);
  const map = html(
    "section",
    { class: "rm-map", "aria-label": data.words.map },
    drawing,
    tip,
    html("div", { class: "rm-under" }, cityButtons(data, choose), modeSwitch(data, emit)),
    legend(data),
  );
  return [bars(data, choose, root), map];
}

function drawMap(data, map, choose, tip) {
  const [, , width, height] = map.viewBox;
  const picture = svg("svg", {
    viewBox: `0 0 ${width} ${height}`,
    class: "rm-svg",
    role: "img",
    "aria-label": data.alt,
    preserveAspectRatio: "xMidYMid meet",
  });
  picture.append(hatch("rm-hatch"));
  const shapes = svg("g", { class: "rm-shapes" });
  const marks = svg("g", { class: "rm-marks" });
  const labels = svg("g", { class: "rm-labels" });
  const inCircles = data.mode === "circles";
  const outlineOfChosen = [];
  for (const unit of map.units) {
    const id = data.aliases?.[unit.id] ?? unit.id;
    const place = data.regions[id];
    const events = pointer(unit, id, data, choose, tip);
    const chosen = id === data.selected;
    if (unit.kind !== "city") {
      const fill = inCircles ? null : fillOf(data, place, "rm-hatch", id);
      const missing = !data.away?.[id] && (!place || place.class === null);
      shapes.append(
        svg("path", {
          d: unit.path,
          class: `rm-shape${inCircles && !missing ? " rm-plain" : ""}`,
          style: inCircles ? (missing ? "fill:url(#rm-hatch)" : null) : `fill:${fill}`,
          "data-region": id,
          ...events,
        }),
      );
      if (chosen) outlineOfChosen.push(svg("path", { d: unit.path, class: "rm-chosen" }));
      if (!data.away?.[id]) labels.append(label(unit, place, data));
    } else {
      const radius = inCircles ? Math.max(circleRadius(place), 40) : CITY_RADIUS;
      if (!inCircles) marks.append(svg("circle", { cx: unit.label[0], cy: unit.label[1], r: radius + 28, class: "rm-ring" }));
      marks.append(
        svg("circle", {
          cx: unit.label[0],
          cy: unit.label[1],
          r: radius,
          class: `rm-city${inCircles ? " rm-circle" : ""}`,
          style: inCircles && !data.away?.[id] && place?.class !== null ? null : `fill:${fillOf(data, place, "rm-hatch", id)}`,
          "data-region": id,
          ...events,
        }),
      );
      if (chosen) {
        outlineOfChosen.push(
          svg("circle", { cx: unit.label[0], cy: unit.label[1], r: radius + 30, class: "rm-chosen" }),
        );
      }
      if (!data.away?.[id]) labels.append(cityLabel(unit, place, data, radius));
      continue;
    }
    if (inCircles && place && place.class !== null) {
      marks.append(
        svg("circle", {
          cx: unit.label[0],
          cy: unit.label[1],
          r: circleRadius(place),
          class: "rm-circle",
          "data-region": id,
          ...events,
        }),
      );
    }
  }
  picture.append(shapes, marks, ...outlineOfChosen, labels);
  return picture;
}

function circleRadius(place) {
  return place && place.size ? 480 * Math.sqrt(place.size) : 40;
}

function pointer(unit, id, data, choose, tip) {
  const place = data.regions[id];
  const name = data.unitNames?.[unit.id] ?? place?.name ?? data.away?.[id] ?? id;
  return {
    onclick: () => choose(id),
    onpointermove: (event) => {
      tip.replaceChildren(
        html("strong", {}, name),
        data.kind === "locator" ? "" : html("span", {}, place?.value ?? (data.away?.[id] ? data.words.away : data.words.missing)),
        place?.position
          ? html("span", { class: "rm-tip-rank" }, data.words.rank.replace("{position}", place.position))
          : "",
        place?.why ? html("span", { class: "rm-tip-rank" }, place.why) : "",
      );
      tip.hidden = false;
      const box = tip.parentElement.getBoundingClientRect();
      const left = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4);
      tip.style.left = `${Math.max(4, left)}px`;
      tip.style.top = `${event.clientY - box.top + 16}px`;
    },
    onpointerleave: () => {
      tip.hidden = true;
    },
  };
}

/** Lines of a name, broken at spaces and hyphens so that none is much longer than its longest word. */
function wrapped(name) {
  if (name.length <= 13) return [name];
  const lines = [];
  for (const word of name.split(/(?<=-)| /)) {
    const last = lines[lines.length - 1];
    const joint = last?.endsWith("-") ? "" : " ";
    if (last !== undefined && last.length + word.length < 11) lines[lines.length - 1] = last + joint + word;
    else lines.push(word);
  }
  return lines;
}

function label(unit, place, data) {
  const lines = wrapped(data.unitNames?.[unit.id] ?? place?.name ?? unit.id);
  const onDark = data.mode !== "circles" && place && place.class !== null && data.classes[place.class].strong;
  const [right, down] = LABEL_SHIFTS[unit.id] ?? [0, 0];
  const x = unit.label[0] + right;
  const text = svg("text", {
    x,
    y: unit.label[1] + down - ((lines.length - 1) * LABEL_SIZE) / 2,
    class: `rm-label${onDark ? " rm-label-strong" : ""}`,
  });
  lines.forEach((line, index) => {
    text.append(svg("tspan", { x, dy: index ? LABEL_SIZE : 0 }, line));
  });
  if (place?.short) text.append(svg("tspan", { x, dy: LABEL_SIZE * 1.05, class: "rm-label-value" }, place.short));
  return text;
}

/** Beside a city's circle, on the side where the neighbouring labels leave room. */
const CITY_SIDES = { shymkent: [1, 0], almaty_city: [0, 1], nur_sultan: [1, 0] };

/** Where the roomiest point of a region lies under a city's label, its own label moves up. */
const LABEL_SHIFTS = { turkestan: [60, -560], south_kazakhstan: [60, -560] };

function cityLabel(unit, place, data, radius) {
  const [right, below] = CITY_SIDES[unit.id] ?? [1, 0];
  const x = unit.label[0] + right * (radius + 50);
  const y = unit.label[1] + below * (radius + LABEL_SIZE * 0.75) + right * LABEL_SIZE * 0.05;
  const name = place?.name ?? unit.id;
  const text = svg("text", { x, y, class: `rm-label rm-label-city${right ? " rm-label-right" : ""}` });
  text.append(svg("tspan", { x }, name));
  if (place?.short) text.append(svg("tspan", { x, dy: LABEL_SIZE, class: "rm-label-value" }, place.short));
  return text;
}

function cityButtons(data, choose) {
  return html(
    "div",
    { class: "rm-cities", role: "group", "aria-label": data.words.cities },
    html("span", { class: "rm-cities-title", "aria-hidden": "true" }, data.words.cities),
    ...data.cities.map((id) =>
      html(
        "button",
        {
          type: "button",
          class: "rm-button",
          "aria-pressed": String(id === data.selected),
          "data-region": id,
          "data-focus": `city-${id}`,
          onclick: () => choose(id),
        },
        data.regions[id]?.name ?? id,
      ),
    ),
  );
}

function modeSwitch(data, emit) {
  if (!data.modes?.length) return "";
  return html(
    "div",
    { class: "rm-modes", role: "group", "aria-label": data.words.modes },
    ...data.modes.map((mode) =>
      html(
        "button",
        {
          type: "button",
          class: "rm-button",
          "aria-pressed": String(mode.id === data.mode),
          "data-focus": `mode-${mode.id}`,
          onclick: () => emit("mode", mode.id),
        },
        mode.label,
      ),
    ),
  );
}

function legend(data) {
  const rows = data.classes
    .map((one) =>
      html(
        "li",
        {},
        html("span", { class: "rm-swatch", style: `background:${one.colour}`, "aria-hidden": "true" }),
        html("span", { class: "rm-range" }, one.label),
        html("span", { class: "rm-count" }, one.count),
      ),
    )
    .reverse();
  if (data.missing) {
    rows.push(
      html(
        "li",
        { class: "rm-missing-row" },
        html("span", { class: "rm-swatch rm-swatch-missing", "aria-hidden": "true" }),
        html("span", { class: "rm-range" }, data.missing.label),
        html("span", { class: "rm-count" }, data.missing.count),
      ),
    );
  }
  return html(
    "div",
    { class: "rm-legend" },
    html("p", { class: "rm-legend-title" }, data.words.legend),
    html("ul", {}, ...rows),
    html("p", { class: "rm-country" }, data.country),
    ...(data.notes ?? []).map((note) => html("p", { class: "rm-note" }, note)),
  );
}

/* ---- ranked bars ------------------------------------------------------------------------------------------------ */

function bars(data, choose, root) {
  const order = root.__order ?? "value";
  const list = html("ol", { class: "rm-bars-list" });
  const draw = (by) => {
    const ids = by === "name" ? data.byName : data.byValue;
    list.replaceChildren(...ids.map((id) => bar(id, data, choose)));
  };
  const sorter = html("div", { class: "rm-sort", role: "group", "aria-label": data.words.sort });
  for (const [by, word] of [
    ["value", data.words.byValue],
    ["name", data.words.byName],
  ]) {
    sorter.append(
      html(
        "button",
        {
          type: "button",
          class: "rm-button",
          "aria-pressed": String(by === order),
          "data-focus": `sort-${by}`,
          onclick: (event) => {
            root.__order = by;
            for (const button of sorter.children) button.setAttribute("aria-pressed", String(button === event.currentTarget));
            draw(by);
          },
        },
        word,
      ),
    );
  }
  draw(order);
  return html(
    "section",
    { class: "rm-bars", "aria-label": data.words.ranking },
    html("div", { class: "rm-bars-head" }, html("p", { class: "rm-bars-title" }, data.words.ranking), sorter),
    list,
  );
}

function bar(id, data, choose) {
  const place = data.regions[id];
  const missing = place.class === null;
  return html(
    "li",
    {},
    html(
      "button",
      {
        type: "button",
        class: `rm-bar${missing ? " rm-bar-missing" : ""}`,
        "aria-pressed": String(id === data.selected),
        "data-region": id,
        "data-focus": `bar-${id}`,
        onclick: () => choose(id),
      },
      html("span", { class: "rm-bar-rank" }, place.position ?? "–"),
      html("span", { class: "rm-bar-name" }, place.name),
      html(
        "span",
        { class: "rm-bar-track", "aria-hidden": "true" },
        html("span", {
          class: "rm-bar-fill",
          style: missing ? "width:0" : `width:${(place.size * 100).toFixed(2)}%;background:${data.classes[place.class].colour}`,
        }),
      ),
      html("span", { class: "rm-bar-value" }, missing ? data.words.missing : place.value),
    ),
  );
}

/* ---- small maps ------------------------------------------------------------------------------------------------- */

function smallMaps(data, byVintage, emit) {
  return [
    html(
      "div",
      { class: "rm-small-row", role: "group", "aria-label": data.words.small },
      ...data.maps.map((one, index) => smallMap(one, index, data, byVintage.get(one.vintage), emit)),
    ),
  ];
}

function smallMap(one, index, data, map, emit) {
  const [, , width, height] = map.viewBox;
  const pattern = `rm-hatch-${index}`;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "rm-svg", "aria-hidden": "true" }, hatch(pattern));
  const colour = (id) => {
    if (data.away.includes(id)) return "var(--rm-away)";
    const place = one.classes[id];
    return place === undefined || place === null ? `url(#${pattern})` : data.classes[place].colour;
  };
  for (const unit of map.units) {
    const id = data.aliases?.[unit.id] ?? unit.id;
    const chosen = id === data.selected ? " rm-chosen-small" : "";
    if (unit.kind === "city") picture.append(svg("circle", { cx: unit.label[0], cy: unit.label[1], r: 180, class: "rm-ring" }));
    picture.append(
      unit.kind === "city"
        ? svg("circle", { cx: unit.label[0], cy: unit.label[1], r: 130, class: `rm-city${chosen}`, style: `fill:${colour(id)}` })
        : svg("path", { d: unit.path, class: `rm-shape${chosen}`, style: `fill:${colour(id)}` }),
    );
  }
  return html(
    "button",
    {
      type: "button",
      class: "rm-small-map",
      "aria-pressed": String(one.period === pressed.period),
      "aria-label": one.alt,
      "data-period": one.period,
      "data-focus": `small-${one.period}`,
      onclick: () => emit("period", one.period),
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = data.maps[(index + step + data.maps.length) % data.maps.length];
        event.currentTarget.parentElement.children[data.maps.indexOf(next)].focus();
        emit("period", next.period);
        event.preventDefault();
      },
    },
    html("span", { class: "rm-small-title" }, one.title),
    picture,
    html("span", { class: "rm-small-value" }, one.country),
  );
}

/* ---- where a region lies ---------------------------------------------------------------------------------------- */

/** A plain map with the chosen region filled and those compared with it numbered; a click chooses another. */
function locatorMap(data, byVintage, emit) {
  const map = byVintage.get(data.vintage);
  const tip = html("div", { class: "rm-tip", hidden: true, "aria-hidden": "true" });
  const [, , width, height] = map.viewBox;
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "rm-svg", role: "img", "aria-label": data.alt });
  const numbers = svg("g", { class: "rm-labels" });
  const cities = svg("g", { class: "rm-marks" });
  for (const unit of map.units) {
    const number = data.others.indexOf(unit.id) + 1;
    const state = unit.id === data.selected ? " rm-here" : number ? " rm-there" : "";
    const events = pointer(unit, unit.id, data, (id) => emit("region", id), tip);
    const [x, y] = unit.label;
    if (unit.kind === "city") cities.append(svg("circle", { cx: x, cy: y, r: 150, class: `rm-city rm-plain${state}`, ...events }));
    else picture.append(svg("path", { d: unit.path, class: `rm-shape rm-plain${state}`, ...events }));
    const beside = unit.kind === "city" ? 330 : 0; // over the circle it would hide it
    if (number) numbers.append(svg("text", { x: x + beside, y: y + 130, class: "rm-label rm-number" }, String(number)));
  }
  picture.append(cities, numbers);
  return [html("section", { class: "rm-map", "aria-label": data.words.map }, picture, tip)];
}
