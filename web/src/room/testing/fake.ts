// A server of one room inside the page: speaks the wire, keeps a small log, and lets virtual time pass. For tests and for
// looking at the pages without a server; it simulates nothing.
import type { Body, Clock, DecisionState, Frame, Hello, Mark, Result, Sent } from "../wire";
import { dead, logs, options, traces } from "./answers";
import { OPENS, rowsUntil, SECOND } from "./situation";

type Say = (name: string, data: unknown) => void;

export class FakeRoom {
  readonly hello: Hello;
  state: Frame & { clock: Clock };
  commands: Sent[] = [];
  pad = { rev: 1, text: "" };
  /** Refuses every command with these words. */
  refusing: string | null = null;
  /** Nobody answers. */
  unreachable = false;
  #listeners = new Set<Say>();
  #seq = 100;
  #opened = new Set<string>();

  constructor(hello: Hello, state: Frame & { clock: Clock }) {
    this.hello = hello;
    this.state = structuredClone(state);
  }

  listen(say: Say): () => void {
    this.#listeners.add(say);
    say("hello", this.hello);
    say("frame", this.state);
    return () => this.#listeners.delete(say);
  }

  tell(frame: Partial<Frame>): void {
    Object.assign(this.state, frame);
    for (const say of this.#listeners) say("frame", frame);
  }

  /** Lets wall time pass: the clock goes on, and every ten seconds there is a sample more. */
  pass(wall_ms: number): void {
    const { clock } = this.state;
    if (!clock.running || clock.ended) return;
    const v = Math.min(this.hello.ends, clock.v + wall_ms * 1e6 * clock.speed);
    const left_ms = clock.left_ms === null ? null : clock.left_ms - wall_ms;
    const samples = rowsUntil((v - OPENS) / SECOND);
    const known = this.state.samples?.rows.length ?? 0;
    this.tell({ clock: { ...clock, v, head: v, left_ms, ended: v >= this.hello.ends } });
    if (samples.length > known) {
      this.state.samples = { from: 0, rows: samples };
      for (const say of this.#listeners) say("frame", { clock: this.state.clock, samples: { from: known, rows: samples.slice(known) } });
    }
  }

  async answer(path: string, init?: RequestInit): Promise<Response> {
    if (this.unreachable) throw new TypeError("unreachable");
    const url = new URL(path, "http://fake");
    const part = url.pathname;
    const body = typeof init?.body === "string" ? (JSON.parse(init.body) as unknown) : null;
    if (part === "/commands") return Response.json({ results: (body as { commands: Sent[] }).commands.map((one) => this.#take(one)) });
    if (part.startsWith("/options/")) return this.#options(part.slice("/options/".length));
    if (part === "/traces") {
      const key = url.searchParams.get("key");
      const found = key === "8123" ? traces : { ...traces, total: 0, list: [] };
      return Response.json(key ? found : { ...traces, joined: false });
    }
    if (part === "/logs") {
      const [level, service, words] = ["level", "service", "text"].map((name) => url.searchParams.get(name));
      const lines = logs.lines.filter(
        (line) => (!level || line.level === level) && (!service || line.service === service) && (!words || line.text.includes(words)),
      );
      return Response.json({ ...logs, total: lines.length === logs.lines.length ? logs.total : lines.length, lines });
    }
    if (part === "/dead") return Response.json(dead);
    if (part === "/part") return Response.json({ name: "", v: 0, tables: [] });
    if (part === "/pad" && init?.method === "PUT") {
      const sent = body as { base_rev: number; text: string };
      if (sent.base_rev !== this.pad.rev) return Response.json(this.pad, { status: 409 });
      this.pad = { rev: this.pad.rev + 1, text: sent.text };
      queueMicrotask(() => this.tell({ pad_rev: this.pad.rev }));
      return Response.json(this.pad);
    }
    if (part === "/pad") return Response.json(this.pad);
    return Response.json({ title: "Not found", status: 404 }, { status: 404 });
  }

  #options(name: string): Response {
    if (this.hello.you === "candidate" && !this.#opened.has(name) && this.#decision(name)?.state === "as_found")
      return Response.json({ title: "Answer first", status: 409 }, { status: 409 });
    return Response.json(options[name] ?? { ...options["half_done"], decision: name });
  }

  #decision(name: string): DecisionState | undefined {
    return this.state.decisions?.find((one) => one.name === name);
  }

  #take(sent: Sent): Result {
    const before = this.commands.some((one) => one.id === sent.id);
    if (this.refusing) return { id: sent.id, seq: null, v: null, rejected: this.refusing };
    if (!before) {
      this.commands.push(sent);
      this.#seq += 1;
      // What a command does is told after it was answered, as a server would.
      queueMicrotask(() => this.#apply(sent.body, sent.words ?? ""));
    }
    return { id: sent.id, seq: this.#seq, v: this.state.clock.v, rejected: null };
  }

  #apply(body: Body, words: string): void {
    const { clock } = this.state;
    const { v } = clock;
    const change = (name: string, more: Partial<DecisionState>) =>
      this.tell({ decisions: (this.state.decisions ?? []).map((one) => (one.name === name ? { ...one, ...more } : one)) });
    switch (body.kind) {
      case "pause":
        return this.tell({ clock: { ...clock, running: false, why: null } });
      case "resume":
        return this.tell({ clock: { ...clock, running: true, why: null } });
      case "speed":
        return this.tell({ clock: { ...clock, speed: body.times } });
      case "end":
        return this.tell({ clock: { ...clock, running: false, ended: true } });
      case "answer":
        return change(body.decision, { state: "answered", answer: words, answered_at: v, before_options: true });
      case "show_options":
        this.#opened.add(body.decision);
        return change(body.decision, { state: "options_shown" });
      case "choose": {
        const other = "something_else" in body.answer;
        const says = other ? words : "option" in body.answer ? body.answer.option : "value" in body.answer ? body.answer.value : "";
        change(body.decision, {
          state: other ? "something_else" : "chosen",
          says,
          reason: words,
          chosen_at: v,
          live: other ? null : { done: 1, of: 3 },
        });
        return this.#mark(v, "decision", `D${this.hello.questions.findIndex((one) => one.name === body.decision) + 1}`, says);
      }
      case "move": {
        const moves = this.state.moves ?? [];
        const number = moves.length + 1;
        const title = this.hello.moves.find((one) => one.name === body.makes)?.title ?? body.makes;
        const about = body.args.record ? `order ${body.args.record}` : body.args.letters ? `${body.args.letters.length} dead letters` : "";
        this.tell({
          moves: [
            ...moves,
            {
              number, name: body.makes, title, about, asked: v, state: "under_way", done_at: null, result: "", can_take_back: true,
              can_call_off: true, reason: words,
            },
          ],
        });
        return this.#mark(v, "move", `M${number} ${plainName(body.makes)}`, title);
      }
      case "take_back":
        return this.tell({
          moves: (this.state.moves ?? []).map((one) => (one.number === body.move ? { ...one, state: "taken_back", can_take_back: false } : one)),
        });
      case "reply":
        return this.tell({
          inbox: {
            ...this.state.inbox!,
            tickets: this.state.inbox!.tickets.map((one) =>
              one.number === body.ticket ? { ...one, reply: { v, verdict: body.verdict, words } } : one,
            ),
          },
        });
      case "arm":
        return this.tell({ faults: this.#faults((one) => (one.name === body.fault ? "armed" : one.state === "armed" ? "planned" : one.state)) });
      case "disarm":
        return this.tell({ faults: this.#faults((one) => (one.state === "armed" ? "planned" : one.state)) });
      case "fire":
        this.tell({
          faults: (this.state.faults ?? []).map((one) =>
            one.name === body.fault ? { ...one, state: "on", since: v, until: v + 600 * SECOND } : one,
          ),
        });
        return this.#mark(v, "fault", body.fault, body.fault, true);
      case "lift":
        return this.tell({ faults: (this.state.faults ?? []).map((one) => (one.name === body.fault ? { ...one, state: "over", until: v } : one)) });
      case "noticed":
        return this.tell({
          faults: (this.state.faults ?? []).map((one) => (one.name === body.fault ? { ...one, noticed_at: v, noticed_by: "You" } : one)),
        });
      default:
        return undefined;
    }
  }

  #faults(to: (one: NonNullable<Frame["faults"]>[number]) => NonNullable<Frame["faults"]>[number]["state"]): Frame["faults"] {
    return (this.state.faults ?? []).map((one) => ({ ...one, state: to(one) }));
  }

  #mark(v: number, kind: Mark["kind"], label: string, text: string, panel = false): void {
    this.tell({ marks: [...(this.state.marks ?? []), { seq: this.#seq, v, kind, label, text, who: "You", panel, words: "" }] });
  }
}

const plainName = (name: string) => name.replaceAll("_", " ");
