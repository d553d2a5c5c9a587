// Names and days as they are said in a line.
import { describe, expect, it } from "vitest";
import { listed, listedDays, shortName } from "./names";

const person = (name: string, initials: string) => ({ id: initials, name, initials });

describe("short names", () => {
  it("are first names, and initials where two share one", () => {
    const panel = [person("Ines Okafor", "IO"), person("Ines Prado", "IP"), person("نور الهدى", "نا")];
    expect(panel.map((one) => shortName(one, panel))).toEqual(["IO", "IP", "نور"]);
  });
});

describe("lists", () => {
  it("say a shared month once", () => {
    expect(listed(["a", "b", "c"])).toBe("a, b and c");
    expect(listedDays(["19 November", "20 November"])).toBe("19 and 20 November");
    expect(listedDays(["30 November", "1 December"])).toBe("30 November and 1 December");
    expect(listedDays(["20 November"])).toBe("20 November");
  });
});
