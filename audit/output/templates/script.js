(() => {
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const make = (tag, name, text) => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const articles = all("article.finding");
const marks = new Map(all(".side [data-for]").map((item) => [item.dataset.for, item]));

/* ---- storage: one entry for each document, under its SHA-256; a browser that refuses keeps it in memory */
const memory = new Map();
const load = (key) => {
  try {
    const kept = localStorage.getItem(key);
    if (kept !== null) return JSON.parse(kept);
  } catch { /* blocked or not ours: what was entered in this page still counts */ }
  return memory.get(key) ?? null;
};
const save = (key, value) => {
  memory.set(key, value);
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* kept in memory */ }
};
const keyOf = (sha256) => "figure-audit:" + sha256;
const kept = new Map(data.documents.map((d) => [d.sha256, load(keyOf(d.sha256)) || {}]));

const decisionOf = (anchor) => {
  const [at, , fingerprint, , shipped] = data.findings[anchor];
  const own = kept.get(data.documents[at].sha256)[fingerprint];
  const given = shipped && { ruling: shipped[0], note: shipped[1], auditor: shipped[2], decided: shipped[3] };
  if (own && given) return Date.parse(given.decided) > Date.parse(own.decided) ? given : own;
  return own || given || { ruling: "", note: "", auditor: "", decided: "" };
};
const decide = (anchor, change) => {
  const [at, , fingerprint] = data.findings[anchor];
  const sha256 = data.documents[at].sha256;
  const entries = kept.get(sha256);
  entries[fingerprint] = { ...decisionOf(anchor), ...change };
  save(keyOf(sha256), entries);
  show(byId(anchor));
  apply();
};
const stamp = () => ({ auditor: byId("auditor").value.trim(), decided: new Date().toISOString() });

const show = (article) => {
  const decision = decisionOf(article.id);
  const signed = [decision.auditor, decision.decided.slice(0, 10)].filter(Boolean).join(" ");
  article.dataset.ruling = decision.ruling;
  const mark = marks.get(article.id);
  if (mark) mark.dataset.ruling = decision.ruling;
  const printed = article.querySelector(".said-ruling");
  if (printed) printed.textContent = [words["ruling:" + decision.ruling], signed, decision.note].filter(Boolean).join(" ");
  if (!article.querySelector(".triage")) return;
  for (const input of all("input[type=radio]", article)) input.checked = input.value === decision.ruling;
  const note = article.querySelector(".note");
  if (note !== document.activeElement) note.value = decision.note;
  article.querySelector(".who").textContent = decision.ruling ? signed : "";
};
/* The controls of a finding are made when it comes near: thousands of them at once would hold up the page. */
const equip = (article) => {
  if (article.querySelector(".triage")) return;
  const controls = byId("triage").content.cloneNode(true);
  for (const input of all("input[type=radio]", controls)) input.name = "r-" + article.id;
  article.append(controls);
  show(article);
};
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { equip(entry.target); near.unobserve(entry.target); }
}, { rootMargin: "1200px 0px" });
for (const article of articles) near.observe(article);

/* ---- filters, kept in the fragment of the address */
const filters = byId("filters");
const toggles = all(".toggle");
const chosen = { q: byId("q"), rule: byId("by-rule"), doc: byId("by-doc"), decision: byId("by-ruling") };
let current = null;
const searched = new Map();
const textOf = (article) => {
  if (!searched.has(article)) {
    const said = all("h3,.where,.ref,blockquote,.formula,.working,.wy", article).map((e) => e.textContent);
    searched.set(article, [article.dataset.rule, ...said].join("\n").toLowerCase());
  }
  return searched.get(article);
};
const apply = () => {
  if (!filters) return;
  const off = new Set(toggles.filter((t) => t.getAttribute("aria-pressed") === "false").map((t) => t.dataset.sev));
  const terms = chosen.q.value.toLowerCase().split(/\s+/).filter(Boolean);
  const want = (field) => chosen[field]?.value || "";
  const [rule, doc, ruling] = ["rule", "doc", "decision"].map(want);
  let n = 0;
  for (const article of articles) {
    const own = article.dataset.ruling || "none";
    const fits = !off.has(article.dataset.sev) && (!rule || article.dataset.rule === rule) &&
      (!doc || article.dataset.doc === doc) && (!ruling || own === ruling) &&
      (!terms.length || terms.every((term) => textOf(article).includes(term)));
    article.hidden = !fits;
    const mark = marks.get(article.id);
    if (mark) mark.hidden = !fits;
    n += fits;
  }
  byId("shown").textContent = fill(words.shown, { n, all: articles.length });
  byId("none").hidden = n > 0;
};
const remember = () => {
  const state = new URLSearchParams();
  const on = toggles.filter((t) => t.getAttribute("aria-pressed") === "true").map((t) => t.dataset.sev);
  if (on.length < toggles.length) state.set("sev", on.join(","));
  for (const [name, field] of Object.entries(chosen)) if (field?.value) state.set(name, field.value);
  if (current) state.set("at", current.id);
  history.replaceState(null, "", "#" + state);
};
const recall = () => {
  const hash = decodeURIComponent(location.hash.slice(1));
  if (!filters || (hash && !hash.includes("="))) {
    const target = byId(hash);
    if (target?.matches("article.finding")) select(target, false);
    if (target?.matches(".fig")) pin(target.id);
    return;
  }
  const state = new URLSearchParams(location.hash.slice(1));
  const on = state.has("sev") ? state.get("sev").split(",") : null;
  for (const t of toggles) t.setAttribute("aria-pressed", String(!on || on.includes(t.dataset.sev)));
  for (const [name, field] of Object.entries(chosen)) if (field) field.value = state.get(name) || "";
  apply();
  const at = byId(state.get("at") || "");
  if (at?.matches("article.finding")) select(at, true);
};
const refilter = () => { apply(); remember(); };
filters?.addEventListener("input", refilter);
filters?.addEventListener("submit", (event) => event.preventDefault());
filters?.addEventListener("click", (event) => {
  const toggle = event.target.closest(".toggle");
  if (toggle) {
    toggle.setAttribute("aria-pressed", String(toggle.getAttribute("aria-pressed") === "false"));
    refilter();
  } else if (event.target.id === "clear") {
    for (const t of toggles) t.setAttribute("aria-pressed", "true");
    for (const field of Object.values(chosen)) if (field) field.value = "";
    refilter();
  }
});

/* What is laid out on arrival may push the target away: once more when it has been. */
const reveal = (element, block) => {
  element.scrollIntoView({ block });
  requestAnimationFrame(() => requestAnimationFrame(() => element.scrollIntoView({ block })));
};

/* ---- the finding in hand */
const select = (article, scroll) => {
  if (current) { current.classList.remove("here"); marks.get(current.id)?.classList.remove("here"); }
  current = article;
  equip(article);
  article.classList.add("here");
  const mark = marks.get(article.id);
  mark?.classList.add("here");
  if (scroll) {
    article.focus({ preventScroll: true });
    reveal(article, "start");
    const side = mark?.closest(".side");
    if (side) side.scrollTop = mark.offsetTop - side.clientHeight / 2;
  }
};
const step = (by) => {
  const open = articles.filter((article) => !article.hidden);
  if (!open.length) return;
  const at = open.indexOf(current);
  const next = at < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, at + by));
  select(open[next], true);
  remember();
};
document.addEventListener("focusin", (event) => {
  const article = event.target.closest?.("article.finding");
  if (article && article !== current) select(article, false);
});
document.addEventListener("click", (event) => {
  const input = event.target.closest("input[type=radio]");
  if (input) {
    const article = input.closest("article");
    const ruling = article.dataset.ruling === input.value ? "" : input.value;
    decide(article.id, { ruling, ...stamp() });
  }
});
document.addEventListener("change", (event) => {
  if (event.target.matches(".note")) decide(event.target.closest("article").id, { note: event.target.value, ...stamp() });
  if (event.target.matches(".unlinked")) event.target.closest(".doc").classList.toggle("mark-unlinked", event.target.checked);
});

/* ---- figures: what they say, what they are tied to */
const inspect = byId("inspect");
const ties = new Map();
for (const [id, check] of Object.entries(data.checks)) {
  for (const [, members] of check[3]) for (const c of members) ties.set(c, [...(ties.get(c) || []), id]);
}
const jump = (id, check) => {
  const figure = byId(id);
  if (!figure) return;
  pin(id, check);
  reveal(figure, "center");
  focusFigure(figure);
};
const home = (id) => {
  const slot = byId(id)?.closest(".doc")?.querySelector(".slot");
  if (slot && inspect.parentNode !== slot) slot.append(inspect);
};
const describe = (id) => {
  home(id);
  const [text, kind, value, interval, label, hedge, status, reason] = data.claims[id];
  inspect.textContent = "";
  const close = make("button", "close", "×");
  close.type = "button";
  close.setAttribute("aria-label", words.close);
  close.addEventListener("click", release);
  inspect.append(close, make("h2", "", text), make("p", "state s-" + status, words[status]));
  const list = make("dl");
  for (const [name, said] of [["reading", value], ["interval", interval], ["label", label], ["kind", kind], ["hedge", hedge],
    ["reason", reason || (status === "unlinked" ? words.no_reason : "")]]) {
    if (said) list.append(make("dt", "", words[name]), make("dd", "", said));
  }
  inspect.append(list, make("h3", "", words.related));
  const checks = [...new Set(ties.get(id) || [])];
  if (!checks.length) inspect.append(make("p", "soft", words.no_checks));
  const items = make("ul");
  for (const check of checks) {
    const [title, working, verdict, roles, anchor] = data.checks[check];
    const item = make("li");
    item.append(make("span", "state v-" + verdict, words[verdict]), make("p", "", working), make("p", "soft", title));
    const others = make("div", "others");
    for (const [role, members] of roles) for (const c of members) {
      if (c === id) continue;
      const go = make("button");
      go.type = "button";
      go.append(make("small", "", role), data.claims[c][0]);
      go.addEventListener("click", () => jump(c, check));
      others.append(go);
    }
    item.append(others);
    if (anchor) {
      const link = make("a", "", words.details);
      link.href = "#" + anchor;
      item.append(link);
    }
    items.append(item);
  }
  inspect.append(items);
};
let pinned = "";
const unlight = () => {
  for (const figure of all(".lit,.chosen")) { figure.classList.remove("lit", "chosen"); delete figure.dataset.role; }
};
const pin = (id, only) => {
  unlight();
  pinned = id;
  for (const check of only ? [only] : ties.get(id) || []) {
    for (const [role, members] of data.checks[check][3]) for (const c of members) {
      const figure = byId(c);
      if (figure) { figure.classList.add("lit"); figure.dataset.role = role; }
    }
  }
  byId(id)?.classList.add("chosen");
  describe(id);
  inspect.classList.add("open");
};
const release = () => { unlight(); pinned = ""; inspect?.classList.remove("open"); };
const focusFigure = (figure) => {
  for (const other of all(".fig[tabindex]", figure.closest(".text"))) if (other !== figure) other.tabIndex = -1;
  figure.tabIndex = 0;
  figure.setAttribute("role", "button");
  figure.focus({ preventScroll: true });
};
for (const text of all(".text")) {
  const first = text.querySelector(".fig");
  if (first) { first.tabIndex = 0; first.setAttribute("role", "button"); }
  text.addEventListener("mouseover", (event) => {
    const figure = event.target.closest(".fig");
    if (figure && !pinned && matchMedia("(min-width:901px)").matches) describe(figure.id);
  });
  text.addEventListener("focusin", (event) => { if (event.target.matches(".fig") && !pinned) describe(event.target.id); });
  text.addEventListener("click", (event) => {
    const figure = event.target.closest(".fig");
    if (!figure) return;
    if (pinned === figure.id) release();
    else { pin(figure.id); focusFigure(figure); }
  });
  text.addEventListener("keydown", (event) => {
    if (!event.target.matches(".fig")) return;
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by) {
      const figures = all(".fig", text);
      const next = figures[figures.indexOf(event.target) + by];
      if (next) { if (pinned) pin(next.id); focusFigure(next); next.scrollIntoView({ block: "nearest" }); }
    } else if (event.key === "Enter" || event.key === " ") pin(event.target.id);
    else return;
    event.preventDefault();
  });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-show]");
  if (link?.dataset.show) { event.preventDefault(); jump(link.dataset.show, link.dataset.check); }
});

/* ---- decisions in and out */
const tell = (text) => { byId("told").textContent = text; };
byId("export").addEventListener("click", () => {
  const decisions = [];
  for (const [anchor, [at, rule, fingerprint, evidence]] of Object.entries(data.findings)) {
    const { ruling, note, auditor, decided } = decisionOf(anchor);
    if (!ruling) continue;
    const { path, sha256 } = data.documents[at];
    decisions.push({ document: { path, sha256 }, rule, fingerprint, ruling, note, auditor, decided, evidence });
  }
  const text = JSON.stringify({ format: data.format, decisions }, null, 1) + "\n";
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "figure-audit-decisions.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
byId("import").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  event.target.value = "";
  if (!file) return;
  let read;
  try { read = JSON.parse(await file.text()); } catch { read = null; }
  if (read?.format !== data.format || !Array.isArray(read.decisions)) return tell(words.not_decisions);
  const known = new Map(Object.entries(data.findings).map(([anchor, f]) => [data.documents[f[0]].sha256 + f[2], anchor]));
  const paths = new Map(data.documents.map((d) => [d.path, d.sha256]));
  let n = 0;
  for (const d of read.decisions) {
    const homes = [d?.document?.sha256, paths.get(d?.document?.path)];
    const anchor = homes.map((sha256) => known.get(sha256 + d?.fingerprint)).find(Boolean);
    if (!anchor || !["confirmed", "dismissed", "pending"].includes(d.ruling)) continue;
    const plain = (value) => (typeof value === "string" ? value : "");
    decide(anchor, { ruling: d.ruling, note: plain(d.note), auditor: plain(d.auditor), decided: plain(d.decided) });
    n += 1;
  }
  tell(fill(words.imported, { n, m: read.decisions.length - n }));
});

/* ---- furniture */
const name = byId("auditor");
name.value = load("figure-audit:auditor") || "";
name.addEventListener("change", () => save("figure-audit:auditor", name.value.trim()));
byId("print").addEventListener("click", () => window.print());
const root = document.documentElement;
const theme = load("figure-audit:theme");
if (theme) root.dataset.theme = theme;
byId("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  save("figure-audit:theme", root.dataset.theme);
});
byId("keys").addEventListener("click", () => byId("help").showModal());
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    document.activeElement?.blur();
    release();
    return;
  }
  if (event.target.matches("input:not([type=radio],[type=checkbox]),select,textarea") || byId("help").open) return;
  const ruling = { 1: "confirmed", 2: "dismissed", 3: "pending" }[event.key];
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else if (event.key === "/" && filters) chosen.q.focus();
  else if (event.key === "?") byId("help").showModal();
  else if (ruling && current) decide(current.id, { ruling: current.dataset.ruling === ruling ? "" : ruling, ...stamp() });
  else if (event.key === "o" && current) current.querySelector(".go a, h3 a")?.click();
  else return;
  event.preventDefault();
});
for (const article of articles) if (decisionOf(article.id).ruling || decisionOf(article.id).note) show(article);
window.addEventListener("hashchange", recall);
recall();
apply();
root.dataset.ready = "yes";
})();
