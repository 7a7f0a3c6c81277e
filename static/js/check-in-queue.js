// What this phone has told and the server has not yet acknowledged. Kept in the browser, so that neither a dropped connection nor a
// reload loses anybody; sent again under the same key until an answer comes, so that nobody counts twice.
class CheckInQueue {
  static BATCH = 50;
  static PATIENCE = 10_000;
  static PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000];

  constructor({ name, url, token, onOutcome, onState }) {
    Object.assign(this, { name, url, token, onOutcome, onState });
    this.failures = 0;
    this.timer = 0;
    this.sending = false;
    this.kept = [];
    addEventListener("online", () => this.send());
    addEventListener("storage", (event) => { if (event.key === this.name) this.report(); });
  }

  get items() {
    try {
      const stored = JSON.parse(localStorage.getItem(this.name) ?? "[]");
      return Array.isArray(stored) ? stored.filter((item) => typeof item?.key === "string") : [];
    } catch {
      return this.kept;
    }
  }

  set items(items) {
    this.kept = items;
    try {
      localStorage.setItem(this.name, JSON.stringify(items));
    } catch { /* no room, or not allowed: what is kept in memory is sent all the same */ }
  }

  add(item) {
    this.items = [...this.items.filter((other) => other.key !== item.key), item];
    this.failures = 0;
    this.report();
    this.send();
  }

  report(problem = "") {
    this.onState(this.items.length, problem);
  }

  async send() {
    if (this.sending) return;
    clearTimeout(this.timer);
    const batch = this.items.slice(0, this.single ? 1 : CheckInQueue.BATCH);
    if (!batch.length) return this.report();
    this.sending = true;
    const problem = await this.post(batch);
    this.sending = false;
    this.report(problem);
    if (!this.items.length) return;
    const pause = problem ? CheckInQueue.PAUSES[Math.min(this.failures++, CheckInQueue.PAUSES.length - 1)] : 0;
    this.timer = setTimeout(() => this.send(), pause);
  }

  async post(batch) {
    const now = Date.now();
    const told = batch.map(({ at, ...item }) => ({ ...item, ago: Math.max(0, (now - at) / 1000) }));
    let response;
    try {
      response = await fetch(this.url, {
        method: "POST", redirect: "manual", signal: AbortSignal.timeout(CheckInQueue.PATIENCE),
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token }, body: JSON.stringify({ told }),
      });
      if (response.ok) {
        const answer = await response.json();
        this.acknowledge(batch, answer.outcomes);
        return "";
      }
    } catch {
      return "offline";
    }
    if (response.status === 400) return this.refused(batch);
    return response.type === "opaqueredirect" || response.status === 403 ? "signed-out" : "offline";
  }

  acknowledge(batch, outcomes) {
    this.failures = 0;
    this.single = false;
    const done = new Map(batch.map((item) => [item.key, item.undone === true]));
    this.items = this.items.filter((item) => done.get(item.key) !== (item.undone === true)); // changed meanwhile: stays
    for (const outcome of outcomes) this.onOutcome(outcome);
  }

  // One that the server cannot read would hold up the others: it is found by sending them one by one, and dropped.
  refused(batch) {
    if (batch.length === 1) {
      this.items = this.items.filter((item) => item.key !== batch[0].key);
      this.single = false;
      return "";
    }
    this.single = true;
    return "";
  }
}
