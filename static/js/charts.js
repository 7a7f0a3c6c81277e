// Draws the tables of [data-chart] figures. The numbers are those of the table; ECharts is fetched when a figure comes into
// view. Whoever saves data, and any page where that fails, keeps the tables, open as the server sent them.
const root = document.documentElement;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const drawn = new Map(); // figure: chart
const text = (node) => node.textContent.trim();

// --- the numbers

const read = (figure) => {
  const table = figure.querySelector("[data-numbers] table");
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const lines = [...table.tBodies[0].rows].map((row) => ({
    name: text(row.cells[0]),
    url: row.cells[0].querySelector("a")?.href,
    cells: [...row.cells].slice(1).map((cell) => ({
      value: cell.dataset.value === "" ? null : Number(cell.dataset.value), text: text(cell), url: cell.querySelector("a")?.href,
    })),
  }));
  const places = heads.flatMap((head, place) => ("undrawn" in head.dataset ? [] : [place]));
  return {
    lines,
    names: lines.map((line) => line.name),
    series: places.map((place) => ({ name: text(heads[place]), cells: lines.map((line) => line.cells[place]) })),
    kind: figure.dataset.chart, description: figure.dataset.description, isApart: "apart" in figure.dataset,
    most: figure.dataset.most ? Number(figure.dataset.most) : undefined,
  };
};
const liesDown = (kind) => kind === "bar" || kind === "stacked_bar";
const isStacked = (kind) => kind.startsWith("stacked");

// --- the look, from the style of the page

const style = () => {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (token) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const look = {
    font: getComputedStyle(document.body).fontFamily,
    ink: colour("ink"), soft: colour("ink-soft"), line: colour("line"), edge: colour("edge"), surface: colour("surface"),
    colours: ["data-2", "saffron-bright", "data-3", "red", "edge", "data-1"].map(colour),
  };
  probe.remove();
  return look;
};
const decals = (look) => {
  const pattern = (more) => ({ color: look.surface, dashArrayX: [1, 0], dashArrayY: [2, 5], symbolSize: 1, ...more });
  return [
    pattern({ rotation: Math.PI / 6 }),
    pattern({ symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.6 }),
    pattern({ rotation: -Math.PI / 4, dashArrayY: [2, 8] }),
    pattern({ dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [5, 0], symbolSize: 0.7 }),
    pattern({ rotation: Math.PI / 2, dashArrayY: [2, 4] }),
    { symbol: "none" },
  ];
};

// --- room

const LEGEND = 34;
const namesWidth = (width) => Math.min(290, Math.round(width * 0.42));
const heightOf = ({ kind, series, lines, isApart }) => {
  const groups = kind === "bar" && !isApart ? series.length : 1;
  const legend = series.length > 1 && !isApart ? LEGEND : 0;
  if (liesDown(kind)) return lines.length * (16 + 14 * groups) + 34 + legend + (isApart ? 26 : 0);
  return isApart ? series.length * 190 : 260 + legend;
};

// --- the chart

const short = new Intl.NumberFormat(root.lang, { notation: "compact" });
const axes = (data, look, width) => {
  const labels = { color: look.soft, fontSize: 12, fontFamily: look.font };
  const names = {
    type: "category", data: data.names, axisTick: { show: false }, axisLine: { lineStyle: { color: look.edge } },
    axisLabel: liesDown(data.kind)
      ? { ...labels, width: namesWidth(width), overflow: "break", lineHeight: 13, interval: 0 }
      : { ...labels, hideOverlap: true },
    inverse: liesDown(data.kind),
  };
  const values = {
    type: "value", minInterval: 1, max: data.most, splitNumber: 4, splitLine: { lineStyle: { color: look.line } },
    axisLabel: { ...labels, hideOverlap: true, formatter: (value) => short.format(value) },
  };
  return { names, values };
};

// Where each panel stands when every column has a scale of its own: side by side, or one below the other.
const grids = (data, width) => {
  const { kind, series, isApart } = data;
  const legend = series.length > 1 && !isApart ? LEGEND : 0;
  if (!isApart) return [{ left: 4, right: liesDown(kind) ? 48 : 12, top: 10 + legend, bottom: 6 }];
  if (!liesDown(kind)) return series.map((_one, place) => ({ left: 46, right: 12, top: 34 + place * 190, height: 118 }));
  const names = namesWidth(width) + 14;
  const each = (width - names) / series.length;
  return series.map((_one, place) => ({ left: names + place * each, width: Math.max(20, each - 46), top: 30, bottom: 24 }));
};

const seriesOf = (data, look, place) => {
  const { kind, series, isApart } = data;
  const one = series[place];
  const shared = {
    name: one.name, cursor: "default", xAxisIndex: isApart ? place : 0, yAxisIndex: isApart ? place : 0,
    data: one.cells.map((cell) => ({ value: cell.value ?? "-", text: cell.text, url: cell.url, cursor: cell.url ? "pointer" : "default" })),
  };
  if (kind === "line") return { ...shared, type: "line", symbol: ["circle", "rect", "triangle", "diamond"][place % 4], symbolSize: 7, lineStyle: { type: ["solid", "dashed", "dotted"][place % 3], width: 2.5 } };
  return {
    ...shared, type: "bar", stack: isStacked(kind) ? "all" : undefined, barMaxWidth: liesDown(kind) ? 18 : 40,
    itemStyle: { borderColor: series.length > 1 && !isApart ? look.ink : "transparent", borderWidth: series.length > 1 && !isApart ? 0.8 : 0, borderRadius: isStacked(kind) ? 0 : 2 },
    label: { show: kind === "bar", position: "right", formatter: (point) => point.data.text, color: look.ink, fontSize: 12, fontFamily: look.font },
  };
};

const hint = (data, look) => ({
  // Rich text, not HTML: its HTML has style attributes, which the Content-Security-Policy refuses.
  trigger: "axis", renderMode: "richText", confine: true, backgroundColor: look.surface, borderColor: look.edge,
  textStyle: { color: look.ink, fontFamily: look.font, fontSize: 13 }, axisPointer: { type: data.kind === "line" ? "line" : "shadow" },
  formatter: (points) => [points[0].name, ...points.map((point) => `${point.seriesName}: ${point.data.text}`)].join("\n"),
});

const titles = (data, look, places) => data.series.map((one, place) => ({
  text: one.name, left: liesDown(data.kind) ? places[place].left : 0, top: liesDown(data.kind) ? 0 : place * 190,
  textStyle: { color: look.ink, fontSize: 13, fontWeight: 600, fontFamily: look.font },
}));

const optionOf = (data, width) => {
  const look = style();
  const places = grids(data, width);
  const { names, values } = axes(data, look, width);
  const lying = liesDown(data.kind);
  const several = data.series.length > 1 && !data.isApart;
  const axesOf = (axis) => places.map((_place, index) => ({
    ...axis, gridIndex: index,
    ...(data.isApart && lying && axis === names && index ? { axisLabel: { show: false } } : {}),
  }));
  return {
    animation: !still.matches, animationDuration: 350, color: look.colours, textStyle: { fontFamily: look.font },
    aria: { enabled: true, label: { enabled: true, description: data.description }, decal: { show: several, decals: decals(look) } },
    legend: several ? { top: 0, left: 0, type: "scroll", selectedMode: false, itemWidth: 22, textStyle: { color: look.ink, fontFamily: look.font, fontSize: 13 } } : undefined,
    title: data.isApart ? titles(data, look, places) : undefined,
    tooltip: hint(data, look), grid: places,
    xAxis: axesOf(lying ? values : names), yAxis: axesOf(lying ? names : values),
    series: data.series.map((_one, place) => seriesOf(data, look, place)),
  };
};

const draw = (figure) => {
  const picture = figure.querySelector("[data-picture]");
  const chart = drawn.get(figure);
  const width = picture.clientWidth;
  if (!chart || !width) return;
  chart.resize({ silent: true });
  chart.setOption(optionOf(read(figure), width), true);
  const svg = picture.querySelector("svg"); // so that paper may be narrower than the screen
  svg?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
};

// --- when

let library;
const load = (address) => {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => done(window.echarts));
    script.addEventListener("error", failed);
    document.head.append(script);
  });
  return library;
};
const show = (figure, isPicture) => {
  figure.querySelector("[data-picture]").hidden = !isPicture;
  figure.querySelector("[data-numbers]").open = !isPicture;
};

const resized = new ResizeObserver((entries) => {
  requestAnimationFrame(() => { for (const { target } of entries) draw(target.closest("[data-chart]")); });
});
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    start(target.closest("[data-chart]"));
  }
});
const start = async (figure) => {
  const picture = figure.querySelector("[data-picture]");
  let echarts;
  try { echarts = await load(figure.dataset.library); } catch { show(figure, false); return; }
  const chart = echarts.init(picture, null, { renderer: "svg" });
  chart.on("click", ({ data }) => { if (data?.url) window.location.href = data.url; });
  drawn.set(figure, chart);
  draw(figure);
  resized.observe(picture);
};

const prepare = (within) => {
  for (const figure of within.querySelectorAll("[data-chart]")) {
    const picture = figure.querySelector("[data-picture]");
    if (!picture.hidden || drawn.has(figure)) continue;
    picture.style.height = `${heightOf(read(figure))}px`;
    show(figure, true);
    seen.observe(picture);
  }
};
const redraw = () => { for (const figure of drawn.keys()) draw(figure); };

if (!navigator.connection?.saveData) {
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  new MutationObserver(redraw).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  matchMedia("print").addEventListener("change", redraw);
  // What nobody has looked at yet is printed as a table.
  const undrawn = () => [...document.querySelectorAll("[data-chart]")].filter((figure) => !drawn.has(figure));
  window.addEventListener("beforeprint", () => { for (const figure of undrawn()) show(figure, false); });
  window.addEventListener("afterprint", () => { for (const figure of undrawn()) show(figure, true); });
}
