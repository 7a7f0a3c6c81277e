// The programme of a day: sessions and what is given in them move by mouse and by keyboard. Each move is sent as the form
// of its own page would send it; the answer is the new table.
(() => {
  const STEP = 15;
  const FINE = 5;
  const LAST = 24 * 60 - FINE;
  const root = () => document.querySelector("[data-programme]");
  const said = document.querySelector("[data-said]");
  if (!root()) return;
  let busy = false;
  let dragged = null;

  const say = (text) => { said.textContent = text.trim().replace(/\s+/g, " "); };
  const focusOn = (id) => {
    const thing = document.getElementById(id);
    (thing?.querySelector("h2 a, a") ?? thing)?.focus();
  };

  const send = async (url, fields, id) => {
    if (busy) return;
    busy = true;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", root().querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    try {
      const response = await fetch(url, { method: "POST", body });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-programme]");
      if (fresh) {
        root().replaceWith(document.adoptNode(fresh));
        window.history.replaceState(null, "", response.url);
        focusOn(id);
      }
      const told = page.querySelector("main .notices, main .errorlist");
      say(told?.textContent ?? (fresh ? "" : root().dataset.failed));
    } catch {
      say(root().dataset.failed);
    }
    busy = false;
  };

  const clock = (minutes) => [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, "0")).join(":");
  const minutes = (text) => { const [h, m] = text.split(":").map(Number); return h * 60 + m; };
  const moveSession = ({ dataset, id }, start, room) => {
    send(dataset.move, { revision: dataset.revision, day: root().querySelector("table").dataset.day, start, room }, id);
  };

  // By keyboard.
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  document.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move || !event.altKey || event.ctrlKey || event.metaKey) return;
    const item = event.target.closest("[data-item]");
    const session = event.target.closest("[data-session]");
    if (!session) return;
    event.preventDefault();
    const [down, across] = move;
    if (item) {
      if (down) send(item.dataset.order, { revision: item.dataset.revision, ke: down < 0 ? "atas" : "bawah", dari: "hari" }, item.id);
      return;
    }
    const rooms = [...root().querySelectorAll("thead th[data-room]")].map((cell) => cell.dataset.room);
    const place = rooms.indexOf(session.dataset.room) + across;
    const start = minutes(session.dataset.start) + down * (event.shiftKey ? FINE : STEP);
    if (place < 0 || place >= rooms.length || start < 0 || start > LAST) return;
    moveSession(session, clock(start), rooms[place]);
  });

  // By mouse.
  const target = (event) => {
    if (!dragged) return null;
    if (dragged.matches("[data-session]")) return event.target.closest(".programme-grid td");
    const session = event.target.closest("[data-session]");
    return session && session.dataset.pk !== dragged.dataset.in ? session : null;
  };
  const unmark = () => { for (const one of document.querySelectorAll(".drop")) one.classList.remove("drop"); };
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-item], [data-submission], [data-session]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    dragged.grabbedAt = event.clientY - dragged.getBoundingClientRect().top;
  });
  document.addEventListener("dragend", () => { unmark(); dragged = null; });
  document.addEventListener("dragover", (event) => {
    const over = target(event);
    unmark();
    if (!over) return;
    event.preventDefault();
    over.classList.add("drop");
  });
  document.addEventListener("drop", (event) => {
    const over = target(event);
    if (!over) return;
    event.preventDefault();
    const thing = dragged;
    unmark();
    if (thing.dataset.submission) {
      send(over.dataset.place, { submission: thing.dataset.submission }, over.id);
    } else if (thing.matches("[data-item]")) {
      send(thing.dataset.move, { revision: thing.dataset.revision, session: over.dataset.pk }, thing.id);
    } else {
      const rows = [...over.closest("tbody").rows];
      const top = event.clientY - thing.grabbedAt + FINE;
      const row = rows.findLast((one) => one.getBoundingClientRect().top <= top) ?? rows[0];
      moveSession(thing, row.dataset.time, over.dataset.room);
    }
  });

  if (window.location.hash) focusOn(window.location.hash.slice(1));
})();
