// The keeper against a small server with the real rule (one revision for the whole card), in failing
// networks, two tabs and reloads. The law throughout: nothing that was written goes missing.
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../api/problem";
import type { AreaScore, MyScorecard } from "../api/types";
import { BrowserDrafts } from "./drafts";
import { type Clock, Keeper, type Wire } from "./keeper";
import { blank, withConfidence, withLevel, withSeen } from "./score";

class Server implements Wire {
  card: MyScorecard = {
    loop_id: "l", code: "H-27", candidate_name: "Hanneke", opening: null, pencilled: {}, interviews: [], kit_hash: "4f1c9ae",
    rev: 1, due_areas: ["testing", "consistency"], others: [],
    areas: [blank("testing"), blank("consistency")], submitted_at: null, amendments: [], missing: [], notes: [],
    due_at: null, debrief_open: false,
  };
  puts = 0;
  /** Fails this many times before or after the write happened. */
  down = 0;
  answerLost = 0;
  refuse: string | null = null;

  async put(area: string, base_rev: number, score: AreaScore): Promise<MyScorecard> {
    this.puts += 1;
    await Promise.resolve();
    if (this.down-- > 0) throw new ApiError({ title: "The server did not answer", status: 0 });
    this.down = 0;
    if (this.refuse) throw new ApiError({ title: this.refuse, status: 422 });
    if (base_rev !== this.card.rev)
      throw new ApiError({ title: "Changed in another tab", status: 409, current: this.card });
    this.card = {
      ...this.card,
      rev: this.card.rev + 1,
      areas: [...this.card.areas.filter((one) => one.area !== area), structuredClone(score)],
    };
    if (this.answerLost-- > 0) throw new ApiError({ title: "The server did not answer", status: 0 });
    this.answerLost = 0;
    return structuredClone(this.card);
  }

  has(area: string): AreaScore {
    return this.card.areas.find((score) => score.area === area) ?? blank(area);
  }
}

class Hand implements Clock {
  time = 1000;
  waiting: { at: number; run: () => void }[] = [];
  now = () => this.time;
  after = (ms: number, run: () => void) => {
    const timer = { at: this.time + ms, run };
    this.waiting.push(timer);
    return () => {
      this.waiting = this.waiting.filter((one) => one !== timer);
    };
  };
  /** Lets timers and answers happen until this much time has passed. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      for (let i = 0; i < 50; i++) await Promise.resolve();
      const next = this.waiting.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = Math.max(this.time, next.at);
      this.waiting = this.waiting.filter((one) => one !== next);
      next.run();
    }
    this.time = end;
  }
}

const says = (text: string) => (score: AreaScore): AreaScore => ({ ...score, would_move: text });

describe("a scorecard that is kept while it is written", () => {
  let server: Server;
  let clock: Hand;
  const tab = (name: string, over: Wire = server) =>
    new Keeper(structuredClone(server.card), over, new BrowserDrafts("l", "ines", name), clock);

  beforeEach(() => {
    localStorage.clear();
    server = new Server();
    clock = new Hand();
  });

  it("sends one request for a burst of typing, and says when it was kept", async () => {
    const one = tab("a");
    for (const text of ["D", "Do", "Down"]) one.edit("testing", says(text));
    expect(one.state.saving).toBe("waiting");
    expect(one.state.kept_at).toBeNull();
    await clock.pass(1_000);
    expect(server.puts).toBe(1);
    expect(server.has("testing").would_move).toBe("Down");
    expect(one.state).toMatchObject({ saving: "kept", drafts: {} });
    expect(one.state.kept_at).not.toBeNull();
  });

  it("shows the newest text while an older one is under way, and sends it afterwards", async () => {
    const one = tab("a");
    one.edit("testing", says("Down"));
    const sent = one.flush();
    one.edit("testing", says("Down: and more"));
    expect(one.score("testing").would_move).toBe("Down: and more");
    await sent;
    await clock.pass(2_000);
    expect(server.has("testing").would_move).toBe("Down: and more");
    expect(one.state.drafts).toEqual({});
  });

  it("keeps everything while the network is gone and sends it when it is back, claiming nothing in between", async () => {
    const one = tab("a");
    server.down = 3;
    one.edit("testing", says("Up: an alert"));
    await clock.pass(1_000);
    expect(one.state.saving).toBe("unreachable");
    expect(one.state.kept_at).toBeNull();
    one.edit("consistency", (score) => withLevel(score, "good"));
    await clock.pass(60_000);
    expect(server.has("testing").would_move).toBe("Up: an alert");
    expect(server.has("consistency").level).toBe("good");
    expect(one.state.saving).toBe("kept");
  });

  it("survives a tab that is killed: the next one sends what was left", async () => {
    server.down = 99;
    const one = tab("a");
    one.edit("testing", says("Half a sent"));
    one.stop();
    server.down = 0;
    const next = tab("b");
    await next.takeLeftovers();
    expect(next.score("testing").would_move).toBe("Half a sent");
    await clock.pass(1_000);
    expect(server.has("testing").would_move).toBe("Half a sent");
    expect(localStorage.length).toBe(0);
  });

  it("is not fooled by an answer that was lost after the write", async () => {
    const one = tab("a");
    server.answerLost = 1;
    one.edit("testing", says("Once"));
    await clock.pass(10_000);
    expect(server.has("testing").would_move).toBe("Once");
    expect(one.state).toMatchObject({ saving: "kept", drafts: {}, offers: [] });
  });

  it("puts two tabs together without a word when they changed different things", async () => {
    const [one, two] = [tab("a"), tab("b")];
    one.edit("testing", says("Down: x"));
    await clock.pass(1_000);
    two.edit("testing", (score) => withSeen(withLevel(score, "good"), "trust", "good"));
    two.edit("consistency", (score) => withConfidence(score, 3));
    await clock.pass(1_000);
    expect(server.has("testing")).toMatchObject({ would_move: "Down: x", level: "good" });
    expect(server.has("consistency").confidence).toBe(3);
    expect(two.score("testing").would_move).toBe("Down: x");
    expect(two.state).toMatchObject({ saving: "kept", offers: [] });
  });

  it("lets the other tab's words stand and offers its own, which one press puts back", async () => {
    const [one, two] = [tab("a"), tab("b")];
    one.edit("testing", says("theirs"));
    await clock.pass(1_000);
    two.edit("testing", says("ours"));
    await clock.pass(1_000);
    expect(two.score("testing").would_move).toBe("theirs");
    expect(two.state.offers).toHaveLength(1);
    expect(two.state.offers[0]).toMatchObject({ area: "testing", parts: ["would_move"], ours: { would_move: "ours" } });
    const offer = two.state.offers[0];
    if (offer) two.acceptOffer(offer.id);
    await clock.pass(1_000);
    expect(server.has("testing").would_move).toBe("ours");
    expect(two.state.offers).toEqual([]);
    // The first tab hears of it and follows: it has nothing of its own to lose.
    one.adopt(server.card);
    expect(one.score("testing").would_move).toBe("ours");
  });

  it("keeps an offer over a reload, and a second one does not push out the first", async () => {
    const [one, two] = [tab("a"), tab("b")];
    for (const round of ["first", "second"]) {
      one.edit("testing", says(`theirs, ${round}`));
      await clock.pass(1_000);
      two.edit("testing", says(`ours, ${round}`));
      await clock.pass(1_000);
      one.adopt(server.card);
    }
    const again = tab("c");
    await again.takeLeftovers();
    expect(again.state.offers.map((offer) => offer.ours.would_move)).toEqual(["ours, first", "ours, second"]);
  });

  it("offers what was written in one tab after another had submitted", async () => {
    const one = tab("a");
    one.edit("testing", says("a late thought"));
    server.card = { ...server.card, rev: 9, submitted_at: "2026-11-20T17:02:00Z" };
    await clock.pass(1_000);
    expect(one.state.offers[0]?.ours.would_move).toBe("a late thought");
    expect(one.state.card.submitted_at).not.toBeNull();
    one.edit("testing", says("no"));
    expect(one.score("testing").would_move).toBe("");
  });

  it("keeps what the server refuses, says why, and tries again after the next change", async () => {
    const one = tab("a");
    server.refuse = "Longer than 2,000 characters";
    one.edit("testing", says("long"));
    await clock.pass(60_000);
    expect(one.state).toMatchObject({ saving: "refused", problem: { title: "Longer than 2,000 characters" } });
    expect(server.puts).toBe(1);
    expect(one.score("testing").would_move).toBe("long");
    server.refuse = null;
    one.edit("testing", says("short"));
    await clock.pass(1_000);
    expect(server.has("testing").would_move).toBe("short");
  });

  it("flushes before a submission and says whether all of it arrived", async () => {
    const one = tab("a");
    one.edit("testing", says("now"));
    expect(await one.flush()).toBe(true);
    server.down = 9;
    one.edit("testing", says("now, or later"));
    expect(await one.flush()).toBe(false);
  });
});
