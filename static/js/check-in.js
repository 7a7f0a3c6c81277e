// The check-in page. It keeps who is expected while it is open, so it finds people and warns of doubles without a connection; what it
// tells goes through CheckInQueue. Without script the page is a plain form.
(() => {
  const root = document.querySelector("[data-check-in]");
  if (!root) return;
  const words = JSON.parse(document.querySelector("#check-in-words").textContent);
  const session = root.dataset.session ? Number(root.dataset.session) : null;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const REFRESH = 15_000;
  const SHOWN = 8;
  let people = [];
  let present = {};
  let expected = 0;
  const recent = new Map();

  const say = (kind, title, text = "") => {
    const box = part("said");
    box.className = `check-in-said ${kind}`;
    box.replaceChildren(element("strong", title), element("span", text));
    if (kind !== "ok" && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([80, 60, 80]);
  };
  const element = (tag, text, properties = {}) => Object.assign(document.createElement(tag), { textContent: text, ...properties });
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const isOurs = (item) => (item.session ?? null) === session;

  const queue = new CheckInQueue({
    name: root.dataset.queue, url: root.dataset.recordUrl, token: root.dataset.token,
    onOutcome: settle,
    onState: (waiting, problem) => {
      const text = waiting ? filled(words.waiting, { n: waiting }) : words.nothingWaits;
      part("waiting").textContent = problem ? `${text} ${words[problem === "offline" ? "offline" : "signedOut"]}` : text;
      part("waiting").classList.toggle("warn", Boolean(waiting && problem));
    },
  });

  function settle(outcome) {
    if (outcome.session !== session) return;
    const person = outcome.name && { number: outcome.number, name: outcome.name, category: outcome.category };
    if (outcome.state === "duplicate") {
      present[outcome.number] = outcome.first;
      recent.delete(outcome.key);
      say("warn", filled(words.already, person), filled(words.first, outcome.first ?? {}));
    } else if (outcome.state === "in") {
      present[outcome.number] = outcome.first;
      const known = recent.get(outcome.key);
      if (!known) say("ok", person.name, person.category);
      recent.set(outcome.key, { ...person, at: outcome.first.at, sent: true });
    } else if (outcome.state === "undone") {
      if (present[outcome.number]?.key === outcome.key) delete present[outcome.number];
      recent.delete(outcome.key);
    } else {
      recent.delete(outcome.key);
      if (present[outcome.number]?.key === outcome.key) delete present[outcome.number];
      say("danger", person?.name || words.unknown, outcome.why ?? "");
    }
    draw();
  }

  function see(person) {
    const first = present[person.number];
    if (first) return say("warn", filled(words.already, person), filled(words.first, first));
    const key = newKey();
    present[person.number] = { at: clock(), by: words.thisPhone, key };
    recent.set(key, { ...person, at: clock(), sent: false });
    say("ok", person.name, person.category);
    draw();
    queue.add({ key, number: person.number, session, at: Date.now() });
  }

  function undo(key) {
    const person = recent.get(key);
    recent.delete(key);
    if (present[person.number]?.key === key) delete present[person.number];
    say("ok", filled(words.undone, person));
    draw();
    part("find").focus();
    queue.add({ key, number: person.number, session, at: Date.now(), undone: true });
  }

  const newKey = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
    (digit) => (digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> digit / 4).toString(16));

  async function scanned(code) {
    const mark = await markOf(code);
    const person = mark && people.find((one) => one.mark === mark);
    if (person) return see(person);
    if (!/^[\w-]{22}\.[\w-]{40,}$/.test(code)) return say("danger", words.foreign);
    say("wait", words.asking);
    queue.add({ key: newKey(), badge: code, session, at: Date.now() });
  }

  async function markOf(code) {
    if (!crypto.subtle) return "";
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code)));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
  }

  function found(text) {
    const wanted = folded(text.trim()).split(/\s+/).filter(Boolean);
    if (!wanted.length) return [];
    if (wanted.length === 1 && /^\d+$/.test(wanted[0])) return people.filter((one) => one.number === Number(wanted[0]));
    return people.filter((one) => wanted.every((word) => one.folded.includes(word))).slice(0, SHOWN);
  }

  function draw() {
    part("seen").textContent = Object.keys(present).length;
    part("expected").textContent = expected;
    drawFound();
    part("recent").replaceChildren(...[...recent].reverse().slice(0, SHOWN).map(([key, one]) => {
      const line = element("li", "", { className: "between" });
      const button = element("button", words.undo, { type: "button", className: "button quiet small" });
      button.append(element("span", `: ${one.name}`, { className: "visually-hidden" }));
      button.addEventListener("click", () => undo(key));
      line.append(element("span", `${one.number} · ${one.name} · ${one.at}${one.sent ? "" : ` · ${words.notSent}`}`), button);
      return line;
    }));
    part("recent-box").hidden = !recent.size;
  }

  function drawFound() {
    const rows = found(part("find").value);
    part("found").replaceChildren(...rows.map((one) => {
      const line = document.createElement("li");
      const first = present[one.number];
      const button = element("button", "", { type: "button", className: `check-in-person${first ? " seen" : ""}` });
      button.append(element("strong", `${one.number} · ${one.name}`),
        element("span", first ? filled(words.first, first) : one.category));
      button.addEventListener("click", () => { see(one); clear(); });
      line.append(button);
      return line;
    }));
    part("none").hidden = Boolean(rows.length) || !part("find").value.trim();
  }

  function clear() {
    part("find").value = "";
    drawFound();
    part("find").focus();
  }

  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = part("find").value.trim();
    if (text.includes(".") && text.length > 50 && !text.includes(" ")) { scanned(text); return clear(); } // a scanner that types
    const rows = found(text);
    if (rows.length === 1) { see(rows[0]); clear(); }
  });
  part("find").addEventListener("input", drawFound);

  async function load(url) {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(CheckInQueue.PATIENCE) });
    if (!response.ok) throw new Error(response.status);
    return response.json();
  }

  async function refreshPeople() {
    const answer = await load(root.dataset.peopleUrl);
    people = answer.people.map(([number, name, badge, category, mark]) =>
      ({ number, name, category, mark, folded: folded(`${name} ${badge}`) }));
    expected = people.length;
  }

  async function refreshPresent() {
    const answer = await load(root.dataset.presentUrl);
    if (answer.expected !== people.length) await refreshPeople();
    present = answer.present;
    expected = answer.expected;
    for (const item of queue.items.filter(isOurs)) {
      if (item.undone) delete present[item.number];
      else if (item.number) present[item.number] ??= { at: words.before, by: words.thisPhone, key: item.key };
    }
  }

  async function refresh() {
    try {
      if (!document.hidden && navigator.onLine) await refreshPresent();
      draw();
    } catch { /* the next time */ }
    setTimeout(refresh, REFRESH);
  }

  const camera = new CheckInCamera(part("video"), root.dataset.library, (code) => {
    if (code === camera.last && Date.now() - camera.lastAt < 4000) { camera.lastAt = Date.now(); return; }
    [camera.last, camera.lastAt] = [code, Date.now()];
    scanned(code);
  });
  camera.onStop = () => { part("camera").textContent = words.scan; };
  if (CheckInCamera.isThere) {
    part("camera").hidden = false;
    part("camera").addEventListener("click", async () => {
      if (camera.stream) return camera.stop();
      try {
        await camera.start();
        part("camera").textContent = words.stopScanning;
      } catch {
        camera.stop();
        say("danger", words.noCamera, words.noCameraHelp);
      }
    });
  }
  part("picture").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    const code = file && await camera.picture(file).catch(() => "");
    event.target.value = "";
    if (code) scanned(code); else say("danger", words.noCode);
  });

  root.querySelectorAll("[data-script]").forEach((box) => { box.hidden = false; });
  camera.prepare().catch(() => {}); // while there is a connection
  queue.send();
  refresh();
})();
