// Arranging an interview: dates there and back, people in and out.
import { describe, expect, it } from "vitest";
import { fromField, toField } from "../../shared/localTime";
import { assign, assigned, release, sameAs } from "./people";

describe("a date in a form", () => {
  it("comes back as the same minute, whatever the zone", () => {
    for (const at of ["2026-11-26T09:30:00.000Z", "2026-03-29T01:30:00.000Z", "2026-12-31T23:59:00.000Z"])
      expect(fromField(toField(at))).toBe(at);
  });

  it("is none when the field is empty or half filled", () => {
    expect(toField(null)).toBe("");
    expect(fromField("")).toBeNull();
    expect(fromField("2026-")).toBeNull();
  });
});

describe("people of an interview", () => {
  const person = (id: string) => ({ id, name: id, initials: id });
  const people = [
    { person: person("a"), part: "interviewer" as const },
    { person: person("b"), part: "shadow" as const },
  ];

  it("are in it once, with one part", () => {
    const list = assign(assign(assigned(people), "b", "interviewer"), "c", "shadow");
    expect(list).toEqual([
      { person: "a", part: "interviewer" },
      { person: "b", part: "interviewer" },
      { person: "c", part: "shadow" },
    ]);
    expect(release(list, "a").map((one) => one.person)).toEqual(["b", "c"]);
  });

  it("are the same in any order", () => {
    expect(sameAs([...assigned(people)].reverse(), people)).toBe(true);
    expect(sameAs(assign(assigned(people), "b", "interviewer"), people)).toBe(false);
  });
});
