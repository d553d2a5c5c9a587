import { describe, expect, it } from "vitest";
import { bare, decode, encode, scenarioIn, type Shared, verdict } from "./link";

const shared: Shared = {
  scenario: "charged-not-settled",
  hash: "0123456789abcdef".repeat(4),
  seed: "18446744073709551615",
  choices: { wait: "500ms", no_answer: "again_same" },
  key: 3_006_171,
  digest: "5b17d73671bcf14b",
};

describe("a result as an address", () => {
  it("may name a scenario alone, which is no result yet", () => {
    expect(scenarioIn(bare("parcel-carrier"))).toBe("parcel-carrier");
    expect(decode(bare("parcel-carrier"))).toBeNull();
    expect(scenarioIn(encode(shared))).toBe("charged-not-settled");
    expect(scenarioIn("#anything")).toBeNull();
  });

  it("comes back as it went, whatever stands in it", () => {
    const odd = { ...shared, choices: { "a&b": "c=d #1", no_answer: "again_same" } };
    for (const one of [shared, odd, { ...shared, tell: true }, { ...shared, key: null, digest: null, choices: {} }])
      expect(decode(encode(one))).toEqual({ ...one, hash: one.hash.slice(0, 12) });
  });

  it("is the same for the same decisions in another order", () => {
    const turned = { ...shared, choices: { no_answer: "again_same", wait: "500ms" } };
    expect(encode(turned)).toBe(encode(shared));
  });

  it("is nothing when it is something else, and drops what is not what it should be", () => {
    for (const fragment of ["", "#", "#decisions", "#scenario=x", "#scenario=x&customers=-1", "#scenario=x&customers=18446744073709551616"])
      expect(decode(fragment)).toBeNull();
    expect(decode("#scenario=x&customers=7&look=<b>&digest=nothex")).toMatchObject({ seed: "7", key: null, digest: null });
  });

  it("says whether what was computed is what was sent", () => {
    const here = { hash: shared.hash, digest: shared.digest ?? "" };
    expect(verdict(shared, here)).toBe("same");
    expect(verdict(shared, { ...here, digest: "0000000000000000" })).toBe("other bits");
    expect(verdict(shared, { ...here, hash: "f".repeat(64) })).toBe("other scenario");
    expect(verdict({ ...shared, digest: null }, here)).toBe("nothing to compare");
  });
});
